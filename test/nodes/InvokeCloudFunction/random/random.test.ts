/* eslint-disable @n8n/community-nodes/no-restricted-globals -- this runs on Node, not inside n8n */
import fc from 'fast-check';
import type { IDataObject, IRun } from 'n8n-workflow';
import { runInvoke } from '../../../engine/invokeWorkflow';
import { callTool } from '../../../engine/toolWorkflow';
import { nodeCase, toolCase, type NodeCase, type ToolCase } from './arbitraries';
import { breakOne, toParameters } from './parameters';
import {
	expectAllAccountedFor,
	expectNoSecret,
	expectRightOutputs,
	expectRightRuns,
	expectTrueCount,
} from './promises';
import { openWorld, type World } from './world';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

/** Many runs, and the seed of ones that failed, can be asked for: CONTRIBUTING.md tells how. */
const { PROPERTY_RUNS, PROPERTY_SEED } = process.env;
const settings = {
	numRuns: Number(PROPERTY_RUNS ?? 30),
	...(PROPERTY_SEED && { seed: Number(PROPERTY_SEED) }),
};

let world: World;
beforeAll(async () => {
	world = await openWorld();
});
afterAll(async () => await world.close());

async function check(given: NodeCase): Promise<void> {
	const { rows, store } = world.prepare(given);
	const { run } = await runInvoke({
		...{ store, rows, onError: given.onError },
		node: { retryOnFail: given.retryOnFail, maxTries: given.tries, waitBetweenTries: 1 },
		parameters: breakOne(toParameters(given), given.broken),
	});
	await world.runLater();
	expectNoSecret(world, run);
	const { error, outputs } = readTask(run);
	if (error === undefined) {
		expectAllAccountedFor(given, rows, outputs);
		expectRightOutputs(given, rows, outputs);
	} else {
		expect([error.message, given.onError, given.errorBranches]).toEqual([
			...[error.message, 'stopWorkflow', 'single'],
		]);
		expectTrueCount(world, rows, error.description ?? '');
	}
	expectRightRuns(world, given, rows, outputs);
}

async function checkTool(given: ToolCase): Promise<void> {
	const { rows, store } = world.prepare(given);
	const { run, read } = await callTool(given.agent, {
		store,
		calls: rows.map((row) => ({ functionName: row.name, data: row })),
		parameters: toParameters(given),
		node: {
			...{ onError: given.onError, retryOnFail: given.retryOnFail },
			...{ maxTries: given.tries, waitBetweenTries: 1 },
		},
	});
	await world.runLater();
	expectNoSecret(world, run);
	if (run.status === 'success') expect(read).toHaveLength(rows.length);
	else expect(given.onError).toBe('stopWorkflow');
	const outputs = read.map((items, i) =>
		(items as IDataObject[]).map((json) => ({ json, pairedItem: { item: i } })),
	);
	for (const output of outputs) expect(output.length).toBeGreaterThan(0);
	expectRightRuns(world, given, rows, outputs);
}

function readTask({ data: { resultData } }: IRun) {
	const [task] = resultData.runData.Invoke;
	return { error: task.error, outputs: (task.data?.main ?? []).map((items) => items ?? []) };
}

test('whatever comes, items in are items out, and what is said of each is true', async () => {
	await fc.assert(fc.asyncProperty(nodeCase, check), settings);
}, 3_600_000);

test('an agent gets an answer to each of its calls, and what is said of each is true', async () => {
	await fc.assert(fc.asyncProperty(toolCase, checkTool), settings);
}, 3_600_000);
