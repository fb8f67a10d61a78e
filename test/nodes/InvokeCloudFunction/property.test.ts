import fc from 'fast-check';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { BRANCHES } from '../../../nodes/InvokeCloudFunction/output/branches';
import {
	shareFunctionRunner,
	startSandbox,
	type FunctionRunner,
	type Sandbox,
} from '../../engine/sandbox';
import type { SandboxRequest } from '../../../sandbox/http/requestLog';
import { runInvoke, SHOP_APP, storeOf, type OnError } from '../../engine/invokeWorkflow';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let runner: FunctionRunner;
let sandbox: Sandbox;
beforeAll(async () => {
	runner = await shareFunctionRunner();
	sandbox = await startSandbox({ runner });
});
afterAll(async () => {
	await sandbox.close();
	await runner.stop();
});

const times = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });
const fault = fc.oneof(
	fc.record({
		errcode: fc.constantFrom(-1, 45011, -501003, 40097, 12345, -504003, -601001, 42001),
		times,
	}),
	fc.record({ reset: fc.constant(true), times }),
	fc.record({ half: fc.constant(true), times }),
	fc.record({ html: fc.constant(true), times }),
	fc.record({ status: fc.constantFrom(200, 502), body: fc.constantFrom('', '{}', 'x'), times }),
);
const item = fc.record({
	reply: fc.constantFrom<unknown>(1, 'text', null, { a: 1 }, { error: 'shown' }, [{ n: 1 }, 2]),
	sandbox: fc.option(fault, { nil: undefined, freq: 2 }),
	throws: fc.option(fc.constant('no stock'), { nil: undefined, freq: 8 }),
	isBadInput: fc.constantFrom(false, false, false, true),
});
const settings = fc.record({
	onError: fc.constantFrom<OnError>('continueErrorOutput', 'continueRegularOutput'),
	errorBranches: fc.constantFrom('single', 'byCategory'),
	simplify: fc.boolean(),
	maxTries: fc.integer({ min: 1, max: 4 }),
	safeToRepeat: fc.boolean(),
	concurrency: fc.integer({ min: 1, max: 8 }),
	waitForLimits: fc.constant(0),
	retryOnFail: fc.boolean(),
});

let runNumber = 0;

test('items in are items out, each on one branch, and no function runs twice unless the rules allow it', async () => {
	const fixedToken = sandbox.tokens.issue(SHOP_APP.appId);
	await fc.assert(
		fc.asyncProperty(
			fc.array(item, { minLength: 1, maxLength: 12 }),
			settings,
			async (items, set) => {
				const run = ++runNumber;
				const rows = items.map(({ isBadInput, ...row }, i) =>
					JSON.parse(
						JSON.stringify({ ...row, itemKey: `${run}/${i}`, name: isBadInput ? 'a/b' : 'echo' }),
					),
				);
				const { onError, errorBranches, simplify, retryOnFail, ...options } = set;
				const before = sandbox.log.length;
				const result = await runInvoke({
					store: storeOf(sandbox.url, { source: 'fixed', fixedToken }),
					rows,
					onError,
					node: { retryOnFail, maxTries: 2, waitBetweenTries: 1 },
					parameters: { errorBranches, simplify, options, functionName: '={{ $json.name }}' },
				});

				const outputs = result.run.data.resultData.runData.Invoke[0].data?.main ?? [];
				const failed = listFailures(outputs).map((i) => rows[i].itemKey);
				const succeeded = rows.filter(({ itemKey }) => !failed.includes(itemKey));
				expect(new Set(failed).size).toBe(failed.length);
				expect(countSuccesses(outputs)).toBe(
					succeeded.reduce(
						(sum, { reply }) => sum + (simplify && Array.isArray(reply) ? reply.length : 1),
						0,
					),
				);
				if (errorBranches === 'byCategory') expectRightBranches(outputs);

				const calls = sandbox.log.slice(before).filter(({ key }) => key !== undefined);
				for (const row of rows) {
					const runs = calls.filter(({ key }) => key === row.itemKey).filter(hasRun).length;
					const mayRepeat = set.safeToRepeat || (retryOnFail && row.throws !== undefined);
					if (!mayRepeat) expect(runs).toBeLessThanOrEqual(1);
					if (!failed.includes(row.itemKey)) expect(runs).toBeGreaterThanOrEqual(1);
				}
			},
		),
		{ numRuns: 60 },
	);
}, 60_000);

function hasRun({ ran }: SandboxRequest): boolean {
	return ran === 'yes' || ran === 'cut';
}

type Outputs = Array<INodeExecutionData[] | null>;

/** The input items that failed, by the pairedItem of what came out. */
function listFailures(outputs: Outputs): number[] {
	return outputs
		.flatMap((items) => items ?? [])
		.filter(isFailure)
		.map(({ pairedItem }) => (pairedItem as { item: number }).item);
}

function countSuccesses(outputs: Outputs): number {
	return outputs.flatMap((items) => items ?? []).filter((item) => !isFailure(item)).length;
}

function isFailure({ json: { error } }: INodeExecutionData): boolean {
	return typeof error === 'object' && error !== null && 'category' in error;
}

function expectRightBranches(outputs: Outputs): void {
	for (const [i, branch] of BRANCHES.entries()) {
		for (const { json } of (outputs[i] ?? []).filter(isFailure)) {
			const { category, retryable, mayHaveRun } = json.error as IDataObject;
			const wanted =
				category === 'function-error'
					? 'Function Error'
					: mayHaveRun
						? 'Outcome Unknown'
						: retryable
							? 'Try Later'
							: 'Fix Setup';
			expect(branch).toBe(wanted);
		}
	}
}

test('in batches: items in are items out, and no batch runs twice unless the user says it is safe', async () => {
	const fixedToken = sandbox.tokens.issue(SHOP_APP.appId);
	const batchSettings = fc.record({
		batchSize: fc.integer({ min: 1, max: 5 }),
		errorBranches: fc.constantFrom('single', 'byCategory'),
		onError: fc.constantFrom<OnError>('continueErrorOutput', 'continueRegularOutput'),
		maxTries: fc.integer({ min: 1, max: 3 }),
		concurrency: fc.integer({ min: 1, max: 4 }),
		safeToRepeat: fc.boolean(),
		waitForLimits: fc.constant(0),
		retryOnFail: fc.boolean(),
	});
	const bads = fc.array(fc.constantFrom(false, false, true), { minLength: 1, maxLength: 12 });
	await fc.assert(
		fc.asyncProperty(bads, fc.option(fault), batchSettings, async (isBad, ofFunction, set) => {
			const { batchSize, errorBranches, onError, retryOnFail, ...options } = set;
			sandbox.faults.clear();
			if (ofFunction !== null) sandbox.faults.set('echo', JSON.parse(JSON.stringify(ofFunction)));
			const before = sandbox.runs('echo');
			const result = await runInvoke({
				store: storeOf(sandbox.url, { source: 'fixed', fixedToken }),
				rows: isBad.map((bad, id) => ({ id, name: bad ? 'a/b' : 'echo' })),
				onError,
				node: { retryOnFail, maxTries: 2, waitBetweenTries: 1 },
				parameters: {
					...{ invoke: 'oncePerBatch', batchSize, errorBranches, options },
					functionName: '={{ $json.name }}',
				},
			});
			const outputs = result.run.data.resultData.runData.Invoke[0].data?.main ?? [];
			const accounted = outputs
				.flatMap((items) => items ?? [])
				.flatMap(({ pairedItem }) => pairedItem as { item: number } | Array<{ item: number }>)
				.map(({ item: index }) => index);
			expect(accounted.sort((a, b) => a - b)).toEqual(isBad.map((_, i) => i));
			const batches = Math.ceil(isBad.filter((bad) => !bad).length / batchSize);
			if (!set.safeToRepeat) expect(sandbox.runs('echo') - before).toBeLessThanOrEqual(batches);
		}),
		{ numRuns: 60 },
	);
}, 60_000);
