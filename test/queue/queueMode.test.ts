/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { countTokenRequests } from '../engine/counting';
import type { Worker } from '../../n8n/queue/worker';
import {
	openRealQueue,
	WITH_STALL_CHECK,
	WORKER_CONCURRENCY,
	type RealQueue,
} from './harness/realQueue';
import { handOverStalledJob } from './harness/stalledJobs';

const OPEN_TIMEOUT_MS = 300_000;
jest.setTimeout(200_000);

const EXECUTIONS = 20;
const ITEMS = 40;
/** Of the items, when the worker is killed: those done, and those under way. */
const COMPLETED = 12;
const AT_A_TIME = 5;

interface PlacedOrder {
	orderNumber: number;
	invocationId: string;
	product: string;
	timesSent: number;
}

let real: RealQueue;
beforeAll(async () => {
	real = await openRealQueue();
}, OPEN_TIMEOUT_MS);
afterAll(async () => await real.close(), OPEN_TIMEOUT_MS);

/** How many executions each worker has started since; proves that none ran on both. */
async function countStarted(workers: Worker[], work: () => Promise<void>): Promise<number[]> {
	const list = async () => await Promise.all(workers.map(async (w) => await w.listStarted()));
	const before = await list();
	await work();
	const started = (await list()).map((ids, i) => ids.slice(before[i].length));
	expect(new Set(started.flat()).size).toBe(started.flat().length);
	return started.map((ids) => ids.length);
}

/**
 * Starts executions of one item each, all at once. The functions wait until either worker runs as many executions as it
 * may; then `whenFull` happens.
 */
async function runInParallel(whenFull = () => {}): Promise<void> {
	real.gate.closeAfter(0);
	const answers = Array.from({ length: EXECUTIONS }, async (_, reply) =>
		real.invoke({ functionName: 'echo', rows: [{ reply }] }),
	);
	await real.gate.waitUntilHeld(2 * WORKER_CONCURRENCY);
	whenFull();
	real.gate.open();
	expect(await Promise.all(answers)).toEqual(
		answers.map((_, result) => ({ status: 200, body: [{ result }] })),
	);
}

describe('20 executions at once, over two workers', () => {
	async function run(whenFull?: () => void) {
		const before = countTokenRequests(real.sandbox);
		const started = await countStarted(real.workers, async () => await runInParallel(whenFull));
		return { started, tokenRequests: countTokenRequests(real.sandbox) - before };
	}

	test('with an empty credential: all right, at most one token request per worker', async () => {
		const { started, tokenRequests } = await run();
		expect(started[0] + started[1]).toBe(EXECUTIONS);
		expect(Math.min(...started)).toBeGreaterThanOrEqual(WORKER_CONCURRENCY);
		expect(tokenRequests).toBeGreaterThanOrEqual(1);
		expect(tokenRequests).toBeLessThanOrEqual(2);
	});

	test('with the token that is in the database by now: no token request', async () => {
		expect((await run()).tokenRequests).toBe(0);
	});

	test('with a token that WeChat refuses from the middle on: at most one new one per worker', async () => {
		const { started, tokenRequests } = await run(() => real.sandbox.tokens.expireAll());
		expect(started[0] + started[1]).toBe(EXECUTIONS);
		expect(tokenRequests).toBeGreaterThanOrEqual(1);
		expect(tokenRequests).toBeLessThanOrEqual(2);
	});
});

describe('a worker that is killed in the middle of an execution', () => {
	/** The worker that runs the newest execution, once all that it invokes at a time are held. */
	async function findBusyWorker(): Promise<{ worker: Worker; executionId: string }> {
		await real.gate.waitUntilHeld(AT_A_TIME);
		const found = await Promise.all(
			real.workers.map(async (worker) => ({
				worker,
				executionId: (await worker.listStarted()).at(-1) ?? '0',
			})),
		);
		return found.reduce((a, b) => (Number(a.executionId) > Number(b.executionId) ? a : b));
	}

	/** The ids that placeOrder was invoked with so far, held or not. */
	const listIds = () =>
		real.gate.arrivals
			.filter(({ functionName }) => functionName === 'placeOrder')
			.map(({ event }) => String(event.invocationId));

	/** What was really ordered of a product. */
	async function listOrders(product: string): Promise<PlacedOrder[]> {
		const { body } = await real.invoke({ functionName: 'placeOrder', rows: [{ list: true }] });
		return (body as PlacedOrder[]).filter((order) => order.product === product);
	}

	const listSentTwice = (orders: PlacedOrder[]) =>
		orders.filter(({ timesSent }) => timesSent === 2).map(({ invocationId }) => invocationId);

	test('handed to the other worker, it is the same execution with the same ids: nothing is done twice', async () => {
		const { gate, installation, queue } = real;
		gate.closeAfter(COMPLETED);
		const rows = Array.from({ length: ITEMS }, () => ({ product: 'Tea' }));
		const answer = real.invoke({ functionName: 'placeOrder', rows });
		const { worker, executionId } = await findBusyWorker();
		await worker.kill();
		const firstRun = listIds();
		expect(firstRun).toHaveLength(COMPLETED + AT_A_TIME);
		// Functions do not notice that the one who waits for them is gone.
		gate.open();

		await handOverStalledJob(installation, queue.redisPort);
		expect(await answer).toMatchObject({ status: 200, body: { length: ITEMS } });
		for (const each of real.workers) expect((await each.listStarted()).at(-1)).toBe(executionId);
		const secondRun = listIds().slice(firstRun.length);
		expect(secondRun).toHaveLength(ITEMS);
		expect(secondRun).toEqual(expect.arrayContaining(firstRun));

		const orders = await listOrders('Tea');
		expect(new Set(orders.map(({ orderNumber }) => orderNumber)).size).toBe(ITEMS);
		expect(orders.map(({ invocationId }) => invocationId).sort()).toEqual([...secondRun].sort());
		expect(listSentTwice(orders).sort()).toEqual([...firstRun].sort());
		real.workers = real.workers.filter((each) => each !== worker);
	});

	test('by itself n8n ends it in an error and runs nothing again; sent again with ids of its own, nothing is done twice', async () => {
		const { gate, session } = real;
		const rows = Array.from({ length: ITEMS }, (_, i) => ({
			product: 'Cup',
			invocationId: `cup-${i}`,
		}));
		// The node's own id goes elsewhere: the caller's is the one that the function looks at.
		const order = { functionName: 'placeOrder', rows, idField: 'callId' };
		const before = listIds().length;
		const listNewIds = () => listIds().slice(before);
		gate.closeAfter(COMPLETED);
		const answer = real.invoke(order);
		const { worker, executionId } = await findBusyWorker();
		const other = await real.startWorker(WITH_STALL_CHECK);
		await worker.kill();
		gate.open();
		real.workers = [...real.workers.filter((each) => each !== worker), other];

		expect(await answer).toEqual({ status: 500, body: { message: 'Error in workflow' } });
		const execution = await session.request('GET', `/executions/${executionId}`);
		expect(execution).toMatchObject({
			status: 'error',
			data: expect.stringContaining('This execution failed to be processed too many times'),
		});
		const retry = await session.request('POST', `/executions/${executionId}/retry`, {});
		expect(retry).toMatchObject({ status: 'error', retryOf: executionId });
		const firstRun = listNewIds();
		expect(firstRun).toHaveLength(COMPLETED + AT_A_TIME);

		expect(await real.invoke(order)).toMatchObject({ status: 200, body: { length: ITEMS } });
		const orders = await listOrders('Cup');
		expect(orders.map(({ invocationId }) => invocationId).sort()).toEqual(
			rows.map(({ invocationId }) => invocationId).sort(),
		);
		expect(listSentTwice(orders).sort()).toEqual([...firstRun].sort());
	});
});

test("no token or secret in the logs of n8n's processes, after all of these", async () => {
	const logs = await Promise.all(allLogs().map(async (file) => await readFile(file, 'utf8')));
	expect(logs.join('')).toContain('Worker started execution');
	const secrets = [...real.sandbox.tokens.listAll(), 'sandbox-dummy-secret'];
	expect(secrets.filter((secret) => logs.some((log) => log.includes(secret)))).toEqual([]);
});

/** Of the main and of the workers that are left. */
function allLogs(): string[] {
	const { main } = real.queue;
	return [path.join(main.userFolder, 'n8n.log'), ...real.workers.map(({ logFile }) => logFile)];
}
