import {
	shareFunctionRunner,
	startSandbox,
	type FunctionRunner,
	type Sandbox,
} from '../../../engine/sandbox';
import type { SandboxRequest } from '../../../../sandbox/http/requestLog';
import { countInvocations, makeRows } from '../../../engine/counting';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let runner: FunctionRunner;
let sandbox: Sandbox;
let onRequest: (request: SandboxRequest) => void;
beforeAll(async () => {
	runner = await shareFunctionRunner();
});
beforeEach(async () => {
	onRequest = () => {};
	sandbox = await startSandbox({ runner, onRequest: (request) => onRequest(request) });
});
afterEach(async () => await sandbox.close());
afterAll(async () => await runner.stop());

const run = async (rows: unknown[], options: object = {}, more: object = {}) =>
	await runInvoke({ store: storeOf(sandbox.url), rows, parameters: { options, ...more } });

describe('an answer that proves that the function did not run', () => {
	const codes = [-1, 45011, -501003, -501004];

	/** Each with a sandbox of its own, as they share what a limit teaches otherwise. */
	async function runOnOwnSandbox(errcode: number) {
		const own = await startSandbox({ runner });
		const rows = [{ reply: 'fine', sandbox: { errcode, times: 2 } }];
		const { success } = await runInvoke({ store: storeOf(own.url), rows });
		await own.close();
		return { success, calls: countInvocations(own) };
	}

	// At a limit seconds go by: for all of them at once.
	let runs: Map<number, Awaited<ReturnType<typeof runOnOwnSandbox>>>;
	beforeAll(async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const entries = codes.map(async (code) => [code, await runOnOwnSandbox(code)] as const);
		runs = new Map(await Promise.all(entries));
	});

	test.each(codes)('%i: it is tried again', (errcode) => {
		expect(runs.get(errcode)).toEqual({ success: [{ result: 'fine' }], calls: 3 });
	});
});

test('after the last try the failure says how often the function was called', async () => {
	const { error } = await run([{ sandbox: { errcode: -1 } }], { maxTries: 5 });
	expect(error[0].error).toMatchObject({ errcode: -1, attempts: 5 });
	expect(countInvocations(sandbox)).toBe(5);
});

test.each([
	['an unknown outcome', { errcode: -504003 }],
	['a reset', { reset: true }],
	['a 503', { status: 503, body: '' }],
])('%s is not tried again, unless the user says it is safe', async (_, fault) => {
	const first = await run([{ reply: 'fine', sandbox: { ...fault, times: 1 } }]);
	expect(first.error[0].error).toMatchObject({ mayHaveRun: true, attempts: 1 });
	expect(countInvocations(sandbox)).toBe(1);
	const rows = [{ reply: 'other', sandbox: { ...fault, times: 1 } }];
	const second = await run(rows, { safeToRepeat: true });
	expect(second.success).toEqual([{ result: 'other' }]);
	expect(countInvocations(sandbox)).toBe(3);
});

test('a server that asks for a longer wait than a minute is not waited for', async () => {
	const { error } = await run([{ sandbox: { errcode: -1, retryAfterSeconds: 61 } }]);
	expect(error[0].error).toMatchObject({ errcode: -1, attempts: 1 });
	expect(countInvocations(sandbox)).toBe(1);
});

test.each([
	['an error of the function', { throws: 'no stock' }],
	['a quota that is used up until tomorrow', { sandbox: { errcode: 45009 } }],
	['a wrong setup', { sandbox: { errcode: 40097 } }],
])('%s is never tried again', async (_, row) => {
	const { error } = await run([row], { safeToRepeat: true });
	expect(error).toHaveLength(1);
	expect(countInvocations(sandbox)).toBe(1);
});

test('a thousand failing items share one budget of retries', async () => {
	const rows = makeRows(1000).map(() => ({ sandbox: { errcode: -1 } }));
	const { error } = await run(rows, { concurrency: 50 });
	expect(error).toHaveLength(1000);
	expect(countInvocations(sandbox)).toBe(1050);
}, 30_000);

test('retries that lead to a success cost nothing of it', async () => {
	const rows = makeRows(120).map((row) => ({ ...row, sandbox: { errcode: -1, times: 1 } }));
	const { success, error } = await run(rows);
	expect(error).toEqual([]);
	expect(success).toHaveLength(120);
}, 30_000);

test("the editor's Stop ends the wait for a retry", async () => {
	// Waits of up to a minute each: without the stop this test would run into its time limit.
	jest.spyOn(Math, 'random').mockReturnValue(1);
	let stop = () => {};
	const asked = new Promise<void>((resolve) => {
		onRequest = (request) => {
			if (request.ran === 'no') resolve();
		};
	});
	sandbox.faults.set('echo', { errcode: 45011 });
	const running = runInvoke({
		store: storeOf(sandbox.url),
		rows: makeRows(20),
		parameters: { options: { maxTries: 10 } },
		onStart: (given) => {
			stop = given;
		},
	});
	await asked;
	stop();
	const { run: result } = await running;
	expect(result.status).toBe('canceled');
	expect(countInvocations(sandbox)).toBeLessThanOrEqual(5);
});

describe('no pointless calls', () => {
	const one = { concurrency: 1 };

	test.each([
		['credential-invalid', { errcode: 48001 }],
		['quota-exhausted', { errcode: 45009 }],
	])('after %s nothing more is sent', async (category, fault) => {
		const { error } = await run([{ sandbox: fault }, { id: 2 }, { id: 3 }], one);
		expect(error.map(({ error: { attempts } }) => attempts)).toEqual([1, 0, 0]);
		expect(error[2].error).toMatchObject({ ...fault, category, mayHaveRun: false });
		expect(error[2].error.message).toMatch(/^"echo" was not called, as an earlier item showed: /);
		expect(countInvocations(sandbox)).toBe(1);
	});

	test('after a function that does not exist only this function is not called again', async () => {
		const rows = [{ name: 'gone' }, { name: 'gone' }, { name: 'echo' }, { name: 'gone' }];
		const { success, error } = await run(rows, one, { functionName: '={{ $json.name }}' });
		expect(success).toHaveLength(1);
		expect(error.map(({ error: { attempts } }) => attempts)).toEqual([1, 0, 0]);
		expect(countInvocations(sandbox)).toBe(2);
	});

	test('a failure of one item alone does not keep the others back', async () => {
		const rows = [{ sandbox: { errcode: 40097 } }, { reply: 'fine' }];
		const { success } = await run(rows, one);
		expect(success).toEqual([{ result: 'fine' }]);
	});
});
