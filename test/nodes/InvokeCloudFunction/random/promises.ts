import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { BRANCHES } from '../../../../nodes/InvokeCloudFunction/output/branches';
import { CODES } from '../../../../wechat/codes/catalogue';

import type { NodeCase, ToolCase } from './arbitraries';
import { checksResults } from './parameters';
import type { Row, World } from './world';
import { SHOP_APP } from '../../../engine/accounts';

export type Outputs = INodeExecutionData[][];

/** Nothing lost and nothing twice: what every input item came to, and where it left. */
export function expectAllAccountedFor(given: NodeCase, rows: Row[], outputs: Outputs): void {
	const failures = outputs.flat().filter(isFailure);
	const successes = outputs.flat().filter((item) => !isFailure(item));
	const failed = failures.flatMap(listInputs);
	expect(new Set(failed).size).toBe(failed.length);
	for (const [i, row] of rows.entries()) {
		const count = successes.filter((item) => listInputs(item).includes(i)).length;
		expect([row, count]).toEqual([row, failed.includes(i) ? 0 : countExpected(given, row)]);
	}
	for (const output of outputs) {
		const firsts = output.map((item) => listInputs(item)[0]);
		expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
	}
}

/** How many items the success of an input item becomes. */
function countExpected({ invoke, invocationType, simplify }: NodeCase, { reply }: Row): number {
	const isSpread = invoke === 'oncePerItem' && invocationType === 'wait' && simplify;
	return isSpread && Array.isArray(reply) ? reply.length : 1;
}

/** Each where somebody can act on it, a failure with the fields of its own item beside it. */
export function expectRightOutputs(given: NodeCase, rows: Row[], outputs: Outputs): void {
	const { errorBranches, onError } = given;
	for (const [i, output] of outputs.entries()) {
		for (const item of output) {
			const failure = isFailure(item) ? (item.json.error as IDataObject) : undefined;
			if (errorBranches === 'byCategory') expect(BRANCHES[i]).toBe(chooseBranch(failure));
			else if (onError === 'continueErrorOutput') expect(i).toBe(failure ? 1 : 0);
			const isBare = errorBranches === 'single' && onError !== 'continueErrorOutput';
			if (failure && !isBare) {
				expect(item.json).toMatchObject({ itemKey: rows[listInputs(item)[0]].itemKey });
			}
		}
	}
}

function chooseBranch(failure: IDataObject | undefined): string {
	if (failure === undefined) return 'Success';
	const { category, retryable, mayHaveRun } = failure;
	if (category === 'function-error') return 'Function Error';
	if (mayHaveRun) return 'Outcome Unknown';
	return retryable ? 'Try Later' : 'Fix Setup';
}

/** No function runs twice unless the user allows it, and what an item says of it is true. */
export function expectRightRuns(
	world: World,
	given: NodeCase | ToolCase,
	rows: Row[],
	outputs: Outputs,
): void {
	const byInput = new Map(
		outputs.flat().flatMap((item) => listInputs(item).map((i) => [i, item] as const)),
	);
	for (const [i, row] of rows.entries()) {
		const runs = world.countRuns(row);
		expect([row, runs]).toEqual([row, Math.min(runs, mostRuns(given, row))]);
		const item = byInput.get(i);
		if (item === undefined) continue;
		if (!isFailure(item)) expect([row, runs > 0]).toEqual([row, true]);
		else expectTrue(world, given, row, runs, item.json.error as IDataObject);
	}
}

function expectTrue(
	world: World,
	given: NodeCase | ToolCase,
	row: Row,
	runs: number,
	failure: IDataObject,
): void {
	const isRetried = given.retryOnFail && mayFailInFunction(given, row);
	if (failure.category === 'function-error') expect([row, runs > 0]).toEqual([row, true]);
	else if (!failure.mayHaveRun && !isRetried)
		expect([row, failure, runs]).toEqual([row, failure, 0]);
	if (given.invoke === 'oncePerItem' && !given.retryOnFail) {
		expect([row, failure.attempts]).toEqual([row, world.listCalls(row).length]);
	}
}

/** Function errors are what n8n's Retry On Fail is for; a batch may also be sent in halves. */
export function mostRuns(given: NodeCase | ToolCase, row: Row): number {
	const { safeToRepeat, retryOnFail, tries, maxTries, invoke } = given;
	const isSafe = safeToRepeat === 'each' ? row.safe === true : safeToRepeat;
	const rounds = retryOnFail && (isSafe || mayFailInFunction(given, row)) ? tries : 1;
	return rounds * (isSafe ? maxTries * (invoke === 'oncePerBatch' ? 4 : 1) : 1);
}

function mayFailInFunction(given: NodeCase | ToolCase, row: Row): boolean {
	const codes = [row.sandbox, given.functionFault].map((fault) =>
		fault && 'errcode' in fault ? CODES[fault.errcode]?.category : undefined,
	);
	const isThrown = row.throws !== undefined || row.ends !== undefined;
	return isThrown || checksResults(given) || codes.includes('function-error');
}

/** What a stopped run tells of its items, against what they came to. */
export function expectTrueCount(world: World, rows: Row[], description: string): void {
	const said =
		/Of (\d+) items? (\d+) had run, (\d+) may have run(.*?)(?:, (\d+) w\w+ refused.*?)?, (\d+) w\w+ not sent\./.exec(
			description,
		);
	const [total, ran, unknown, refused, unsent] = [1, 2, 3, 5, 6].map((i) => Number(said?.[i] ?? 0));
	expect([description, total]).toEqual([description, rows.length]);
	expect([description, ran + unknown + refused + unsent]).toEqual([description, total]);
	const started = rows.filter((row) => world.countRuns(row) > 0).length;
	expect([description, ran <= started && started <= ran + unknown]).toEqual([description, true]);
}

export function expectNoSecret({ sandbox }: World, whatever: unknown): void {
	const text = JSON.stringify(whatever);
	const secrets = [SHOP_APP.appSecret, ...sandbox.tokens.listAll()];
	expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}

function listInputs({ pairedItem }: INodeExecutionData): number[] {
	return [pairedItem ?? []]
		.flat()
		.map((paired) => (typeof paired === 'number' ? paired : paired.item));
}

function isFailure({ json: { error } }: INodeExecutionData): boolean {
	return typeof error === 'object' && error !== null && 'category' in error && 'attempts' in error;
}
