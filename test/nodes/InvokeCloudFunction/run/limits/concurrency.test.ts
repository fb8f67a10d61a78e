import { sleep } from 'n8n-workflow';
import {
	runBounded,
	type StepAside,
} from '../../../../../nodes/InvokeCloudFunction/run/runBounded';
import { createPace } from '../../../../../nodes/InvokeCloudFunction/run/limits/pace';
import { waitUnlessStopped } from '../../../../../nodes/transport/wait';
import { makeRows } from '../../../../engine/counting';
import { startHeldServer, type HeldServer } from '../../../../engine/heldServer';
import { runInvoke, storeOf } from '../../../../engine/invokeWorkflow';

let server: HeldServer;
beforeEach(async () => {
	server = await startHeldServer();
});
afterEach(async () => await server.close());

const run = async (count: number, options: object, more: object = {}) =>
	await runInvoke({
		store: storeOf(server.url),
		rows: makeRows(count),
		parameters: { options, ...more },
	});

test.each([
	['5 if not set', {}, 5],
	['as many as set', { concurrency: 3 }, 3],
	['50 at most', { concurrency: 400 }, 50],
	['1 at least', { concurrency: -2 }, 1],
])('calls under way at the same time: %s', async (_, options, limit) => {
	const count = 60;
	const running = run(count, options);
	for (let answered = 0; answered < count; answered++) {
		await server.arrived(Math.min(answered + limit, count));
		expect(server.underWay()).toBe(Math.min(limit, count - answered));
		server.answer('oldest');
	}
	const { success } = await running;
	expect(success).toEqual(makeRows(count));
});

test('the items leave in the order of the input, whatever the order of the answers', async () => {
	const running = run(6, { concurrency: 6 });
	await server.arrived(6);
	expect(server.calls[0]).toEqual(makeRows(1)[0]);
	for (let i = 0; i < 6; i++) server.answer('newest');
	expect((await running).success).toEqual(makeRows(6));
});

test('whoever need wait no longer goes on, however many others wait', async () => {
	let waiting = 0;
	let ended = 0;
	let endFirst = () => {};
	let endOthers = () => {};
	const first = new Promise<void>((resolve) => (endFirst = resolve));
	const others = new Promise<void>((resolve) => (endOthers = resolve));
	async function work(index: number, stepAside: StepAside): Promise<boolean> {
		await stepAside(async () => {
			waiting += 1;
			// As many as are let in at all.
			if (waiting === 1_020) endFirst();
			await (index === 0 ? first : others);
		});
		ended += 1;
		if (index === 0) endOthers();
		return true;
	}
	const jobs = Array.from({ length: 3_000 }, (_, index) => index)[Symbol.iterator]();
	const iterator = { next: async () => jobs.next() } as AsyncIterator<number>;
	await runBounded(iterator, 20, work);
	expect(ended).toBe(3_000);
});

describe('calls per second', () => {
	/** From the start of the run to its end, in ms: no call may come early, but a slow machine is no error. */
	async function measure(rows: unknown[], options: object): Promise<number> {
		server.hold({ calls: false });
		const startedAt = performance.now();
		await runInvoke({ store: storeOf(server.url), rows, parameters: { options } });
		return performance.now() - startedAt;
	}

	test('no more calls start than allowed, even where many may be under way', async () => {
		const options = { concurrency: 50, requestsPerSecond: 40 };
		expect(await measure(makeRows(11), options)).toBeGreaterThanOrEqual(10 * 25);
		expect(server.calls).toEqual(makeRows(11));
	});

	test('those that wait for the token have their turns after it', async () => {
		server.hold({ calls: false, tokens: true });
		const running = runInvoke({
			store: storeOf(server.url),
			rows: makeRows(6),
			parameters: { options: { concurrency: 50, requestsPerSecond: 20 } },
		});
		await server.tokenAsked();
		const startedAt = performance.now();
		await sleep(300);
		server.hold({ tokens: false });
		await running;
		expect(performance.now() - startedAt).toBeGreaterThanOrEqual(300 + 5 * 50 - 5);
	});

	test('a clock that is set back an hour meanwhile lengthens no wait', async () => {
		const isStopped = () => false;
		const pace = createPace(20, isStopped);
		await pace.takeTurn();
		const waiting = [pace.takeTurn(), waitUnlessStopped(50, isStopped)];
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
		expect(await Promise.all(waiting)).toEqual([true, true]);
		expect(await pace.takeTurn()).toBe(true);
		jest.restoreAllMocks();
	});

	test('a limit below one a second is kept as well', async () => {
		expect(await measure(makeRows(2), { requestsPerSecond: 0.8 })).toBeGreaterThanOrEqual(1250);
	});
});

describe("the editor's Stop", () => {
	/** Starts a run, stops it once `isReady` resolves, and gives the number of calls it made in the end. */
	async function countCallsOfStoppedRun(options: object, isReady: () => Promise<void>) {
		let stop = () => {};
		const running = runInvoke({
			store: storeOf(server.url),
			rows: makeRows(40),
			parameters: { options },
			onStart: (given) => {
				stop = given;
			},
		});
		await isReady();
		stop();
		expect((await running).run.status).toBe('canceled');
		await server.isIdle();
		server.hold({ calls: false, tokens: false });
		// What the stopped run still sent would come among the calls of this one.
		const before = server.calls.length;
		const { success } = await run(30, { concurrency: 1 });
		expect(success).toHaveLength(30);
		return { before, after: server.calls.length - 30 };
	}

	test('gives up the calls under way and starts no other', async () => {
		const calls = await countCallsOfStoppedRun({}, async () => await server.arrived(5));
		expect(calls).toEqual({ before: 5, after: 5 });
	});

	test('ends the wait for a turn', async () => {
		server.hold({ calls: false });
		const slow = { requestsPerSecond: 0.1 };
		const calls = await countCallsOfStoppedRun(slow, async () => await server.arrived(1));
		expect(calls).toEqual({ before: 1, after: 1 });
	});

	test('ends the wait for a token without a call', async () => {
		server.hold({ tokens: true });
		const calls = await countCallsOfStoppedRun({}, async () => await server.tokenAsked());
		expect(calls).toEqual({ before: 0, after: 0 });
	});
});
