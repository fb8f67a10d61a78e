import { sleep } from 'n8n-workflow';
import type { Sandbox } from '../../../../../sandbox/server';
import { countInvocations, makeRows } from '../../../../engine/counting';
import { runInvoke, storeOf, type Step } from '../../../../engine/invokeWorkflow';
import { useFreshSandbox } from '../../../../engine/sandbox';

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

async function run(rows: unknown[], options: object, more: Partial<Step> = {}) {
	return await runInvoke({ store: storeOf(sandbox.url), rows, parameters: { options }, ...more });
}

const results = (count: number) => makeRows(count).map(({ reply }) => ({ result: reply }));

function readHints({ run: { data } }: Awaited<ReturnType<typeof run>>): string[] {
	const { hints = [] } = data.resultData.runData.Invoke[0];
	return hints.map(({ message }) => message);
}

test('all items get through a limit of calls at once, and few calls are refused', async () => {
	sandbox.limits.set('shop-demo', { atOnce: 10, callMs: 100 });
	const result = await run(makeRows(400), { concurrency: 50 });
	expect(result.success).toEqual(results(400));
	const refused = countInvocations(sandbox) - 400;
	expect(refused).toBeGreaterThan(0);
	expect(refused / countInvocations(sandbox)).toBeLessThan(0.25);
	expect(readHints(result)).toEqual([
		expect.stringMatching(
			/^Calls were refused .*"shop-demo" took about \d+ calls at once\. Set Concurrency to \d+\.$/,
		),
	]);
}, 30_000);

test('all items get through a limit of calls in a time', async () => {
	sandbox.limits.set('shop-demo', { calls: 20, windowMs: 1_000, tooOften: { errcode: 45011 } });
	const result = await run(makeRows(50), { concurrency: 20 });
	expect(result.success).toEqual(results(50));
	expect(readHints(result)).toEqual([expect.stringContaining('Set Requests per Second to ')]);
}, 30_000);

test('four runs at once share what the environment takes', async () => {
	sandbox.limits.set('shop-demo', { atOnce: 5, callMs: 20 });
	const runs = Array.from({ length: 4 }, async () => await run(makeRows(40), { concurrency: 20 }));
	for (const { success } of await Promise.all(runs)) expect(success).toEqual(results(40));
}, 30_000);

test('what one run has learned, the next one starts from', async () => {
	sandbox.limits.set('shop-demo', { atOnce: 4, callMs: 100 });
	const countRefused = async () => {
		const before = countInvocations(sandbox);
		await run(makeRows(80), { concurrency: 40 });
		return countInvocations(sandbox) - before - 80;
	};
	const first = await countRefused();
	expect(await countRefused()).toBeLessThan(first / 2);
}, 30_000);

describe('an environment that takes nothing', () => {
	beforeEach(() => sandbox.faults.set('echo', { errcode: 45011 }));

	test('after the time an item may wait it fails as Try Later, and says how long it waited', async () => {
		const { error } = await run(makeRows(8), { waitForLimits: 1, concurrency: 3 });
		expect(error).toHaveLength(8);
		expect(error[0].error).toMatchObject({
			errcode: 45011,
			category: 'rate-limited',
			retryable: true,
			mayHaveRun: false,
			message: expect.stringMatching(/too many calls .*waiting for 1 second did not help/),
			hint: expect.stringContaining('raise the option Wait for Limits (1 second now)'),
		});
		// Nobody waits anew for what somebody has waited for in vain.
		expect(error[7].error.message).toMatch(/^"echo" was not called, as an earlier item showed: /);
	});

	test('with 0 a refusal counts as a try', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const { error } = await run(makeRows(1), { waitForLimits: 0, maxTries: 2 });
		expect(error[0].error).toMatchObject({ errcode: 45011, attempts: 2 });
		expect(countInvocations(sandbox)).toBe(2);
		jest.restoreAllMocks();
	});

	test("the editor's Stop ends the wait at once", async () => {
		const startedAt = performance.now();
		const { run: result } = await run(
			makeRows(20),
			{},
			{
				onStart: (stop) => void sleep(300).then(stop),
			},
		);
		expect(result.status).toBe('canceled');
		expect(performance.now() - startedAt).toBeLessThan(10_000);
	});
});

test('a server that asks for a longer wait than an item may make is not waited for', async () => {
	const rows = [{ sandbox: { errcode: 45011, retryAfterSeconds: 400 } }];
	const { error } = await run(rows, {});
	expect(error[0].error).toMatchObject({
		...{ errcode: 45011, attempts: 1, retryable: true },
		message: expect.stringContaining('and it may not wait another 400 seconds'),
	});
});

test('an item that may wait for longer does, whoever has given up', async () => {
	sandbox.faults.set('echo', { errcode: 45011, times: 4 });
	const rows = [1, 60, 60].map((seconds) => ({ seconds }));
	const waitForLimits = '={{ $json.seconds }}';
	const { success, error } = await run(rows, { waitForLimits, concurrency: 1 });
	expect(error).toMatchObject([{ seconds: 1 }]);
	expect(success).toMatchObject([{ seconds: 60 }, { seconds: 60 }]);
});

test("one environment's limit keeps no other's items back", async () => {
	sandbox.limits.set('shop-demo', { atOnce: 1, callMs: 50 });
	const full = Array.from({ length: 40 }, (_, id) => ({ id, env: 'shop-demo' }));
	const rows = [...full, { itemKey: 'free', env: 'shop-old' }];
	await run(
		rows,
		{ concurrency: 3 },
		{
			parameters: { environment: '={{ $json.env }}', options: { concurrency: 3 } },
		},
	);
	const calls = sandbox.log.filter(({ path }) => path === '/tcb/invokecloudfunction');
	const place = calls.findIndex(({ key }) => key === 'free');
	expect(place).toBeGreaterThan(-1);
	expect(place).toBeLessThan(20);
}, 30_000);
