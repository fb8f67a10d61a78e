import { countTokenRequests } from '../engine/harness/counting';
import type { Worker } from '../../sandbox/n8n/queue/worker';
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
	/** The worker that runs the newest execution, once this many functions are held. */
	async function findBusyWorker(held: number): Promise<{ worker: Worker; executionId: string }> {
		await real.gate.waitUntilHeld(held);
		const found = await Promise.all(
			real.workers.map(async (worker) => ({
				worker,
				executionId: (await worker.listStarted()).at(-1) ?? '0',
			})),
		);
		return found.reduce((a, b) => (Number(a.executionId) > Number(b.executionId) ? a : b));
	}

	const listIds = () =>
		real.gate.arrivals
			.filter(({ functionName }) => functionName === 'placeOrder')
			.map(({ event }) => String(event.requestId));

	const makeOrders = (count: number, product: string) => ({
		functionName: 'placeOrder',
		rows: Array.from({ length: count }, () => ({ product })),
	});

	test('its execution, handed to the other worker: the same ids again, and nothing is ordered twice', async () => {
		const { gate, installation, queue } = real;
		gate.closeAfter(COMPLETED);
		const answer = real.invoke(makeOrders(ITEMS, 'Tea'));
		const { worker, executionId } = await findBusyWorker(AT_A_TIME);
		await worker.kill();
		const firstRun = listIds();
		expect(firstRun).toHaveLength(COMPLETED + AT_A_TIME);
		// Those the worker was waiting for run to their end all the same.
		gate.open();

		await handOverStalledJob(installation, queue.redisPort);
		expect(await answer).toMatchObject({ status: 200, body: { length: ITEMS } });
		const secondRun = listIds().slice(firstRun.length);
		console.log(
			executionId,
			await Promise.all(real.workers.map(async (w) => await w.listStarted())),
		);
		expect(new Set(secondRun).size).toBe(ITEMS);
		expect(secondRun).toEqual(expect.arrayContaining(firstRun));
		real.workers = [real.workers.find((w) => w !== worker) as Worker];
	});

	test("n8n's own", async () => {
		const { gate } = real;
		gate.closeAfter(3);
		const before = listIds().length;
		const answer = real.invoke(makeOrders(10, 'Cup'));
		const { worker, executionId } = await findBusyWorker(AT_A_TIME);
		const other = await real.startWorker(WITH_STALL_CHECK);
		await worker.kill();
		gate.open();
		const t = Date.now();
		console.log(await answer, Date.now() - t);
		console.log(listIds().length - before, await other.listStarted());
		console.log(JSON.stringify(await real.session.request('GET', `/executions/${executionId}`)));
		console.log(
			JSON.stringify(
				await real.session
					.request('POST', `/executions/${executionId}/retry`, { loadWorkflow: false })
					.catch((e) => e.message),
			),
		);
		console.log(listIds().length - before, await other.listStarted());
	});
});
