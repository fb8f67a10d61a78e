/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from '../../../n8n/execution';
import type { N8nServer } from '../../../n8n/server';
import type { Session } from '../../../n8n/session';
import type { SandboxRequest } from '../../../sandbox/http/requestLog';
import {
	buildLimitsWorkflow,
	LIMITS_WORKFLOW,
	makeLimitCredentials,
	nameEnvironment,
	type LimitCase,
} from '../harness/workflows/limitCases';
import { openOwnSession } from '../harness/owner';
import { OPEN_TIMEOUT_MS, openRealN8n, TEST_TIMEOUT_MS, type RealN8n } from '../harness/realN8n';

jest.setTimeout(TEST_TIMEOUT_MS);

const atOnce = (concurrency: number) => ({ options: { concurrency } });
const inBatches = { invoke: 'oncePerBatch', batchSize: 8 };

const CASES: LimitCase[] = [
	{ name: 'twenty', limits: { atOnce: 20, callMs: 200 }, parameters: atOnce(50) },
	{ name: 'three', limits: { atOnce: 3, callMs: 20 }, parameters: atOnce(50) },
	{ name: 'window', limits: { calls: 100, windowMs: 10_000 }, parameters: atOnce(50) },
	{ name: 'shared', limits: { atOnce: 5, callMs: 50 }, parameters: atOnce(20) },
	{ name: 'stopped', limits: { calls: 1, windowMs: 3_600_000 }, parameters: atOnce(5) },
	{
		name: 'halves',
		limits: { requestBytes: 5_000 },
		parameters: { ...inBatches, ...atOnce(1) },
	},
	{
		name: 'parts',
		limits: {},
		functionName: 'importRows',
		parameters: {
			...inBatches,
			// The function calls a row that it gets for the second time "skipped".
			options: { resultCheck: { check: { field: 'status', successValues: 'skipped' } } },
		},
		node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 10 },
	},
];

let real: RealN8n;
let server: N8nServer;
let session: Session;

beforeAll(async () => {
	real = await openRealN8n();
	const { n8n, sandbox } = real;
	for (const [place, { limits }] of CASES.entries()) {
		sandbox.limits.set(nameEnvironment(place), limits);
	}
	await n8n.importCredentials(makeLimitCredentials(CASES, sandbox.url));
	await n8n.importWorkflows([buildLimitsWorkflow(CASES)]);
	await n8n.publish(LIMITS_WORKFLOW);
	server = await n8n.start();
	session = await openOwnSession(server.url);
}, OPEN_TIMEOUT_MS);

afterAll(async () => await real.close());

const makeRows = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

/** Runs a case, and gives what the node came to: failed items hold an `error`. */
async function run(name: string, rows: object[]): Promise<Json[]> {
	const answer = await fetch(`${server.url}/webhook/${name}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ rows }),
	});
	return (await answer.json()) as Json[];
}

function listCalls(name: string): SandboxRequest[] {
	const environment = nameEnvironment(CASES.findIndex((each) => each.name === name));
	return real.sandbox.log.filter(({ env }) => env === environment);
}

/** Of the calls so far. */
function countRefused(name: string): number {
	return listCalls(name).filter(({ ran }) => ran === 'no').length;
}

const readIds = (items: Json[]) => items.map(({ id }) => id);

test('500 items, 50 at a time, where 20 are allowed: all get through, and few are refused', async () => {
	const rows = makeRows(500);
	expect(readIds(await run('twenty', rows))).toEqual(readIds(rows));
	expect(countRefused('twenty')).toBeGreaterThan(0);
	expect(countRefused('twenty') / listCalls('twenty').length).toBeLessThan(0.15);
});

test('1,000 items where 3 are allowed: all get through', async () => {
	const rows = makeRows(1_000);
	expect(readIds(await run('three', rows))).toEqual(readIds(rows));
	expect(countRefused('three')).toBeGreaterThan(0);
});

test('300 items where 100 calls fit into 10 seconds: all get through', async () => {
	const rows = makeRows(300);
	expect(readIds(await run('window', rows))).toEqual(readIds(rows));
	expect(countRefused('window')).toBeGreaterThan(0);
});

test('four executions at once on the same environment: all get through', async () => {
	const rows = makeRows(60);
	const runs = await Promise.all([1, 2, 3, 4].map(async () => await run('shared', rows)));
	expect(runs.map(readIds)).toEqual([1, 2, 3, 4].map(() => readIds(rows)));
});

test("n8n's Stop ends a wait that would last for minutes, and nothing is sent after it", async () => {
	const stopped = run('stopped', makeRows(20));
	while (countRefused('stopped') === 0) await pause(50);
	await session.request('POST', `/executions/${await findRunning()}/stop`);
	await stopped;
	const calls = listCalls('stopped').length;
	await run('parts', [{ itemId: 'afterwards' }]);
	expect(listCalls('stopped')).toHaveLength(calls);
	expect(listCalls('stopped').filter(({ ran }) => ran === 'yes')).toHaveLength(1);
});

async function findRunning(): Promise<string> {
	const filter = encodeURIComponent(JSON.stringify({ status: ['running'] }));
	const answer = await session.request('GET', `/executions?filter=${filter}`);
	const { results } = answer as { results: Array<{ id: string; status: string }> };
	const running = results.filter(({ status }) => status === 'running');
	expect(running).toHaveLength(1);
	return running[0].id;
}

test('a batch that is too large is sent in halves, and the next ones as large as went through', async () => {
	const rows = makeRows(16).map((row) => ({ ...row, text: 'x'.repeat(1_000) }));
	const items = await run('halves', rows);
	expect(items.map((item) => (item.items as Json[]).length)).toEqual([4, 4, 4, 4]);
	expect(readIds(items.flatMap((item) => item.items as Json[]))).toEqual(readIds(rows));
	// 8 are refused, 4 go through; the second batch is parted before it is sent.
	expect(listCalls('halves')).toHaveLength(1 + 4);
});

test("Result Check on each entry of a batch: n8n's Retry On Fail sends the failed ones alone", async () => {
	const items = await run(
		'parts',
		['a', 'a', 'b', 'c'].map((itemId) => ({ itemId })),
	);
	// `row` is the place in the batch that the function got: the second row stays as the first batch had it.
	expect(items).toEqual([1, 2, 2, 3].map((row) => ({ row, status: 'skipped' })));
});
