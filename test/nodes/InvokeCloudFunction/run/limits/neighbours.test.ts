import { openLane } from '../../../../../nodes/InvokeCloudFunction/run/limits/lanes';
import type { Sandbox } from '../../../../../sandbox/server';
import { countInvocations, countTokenRequests, makeRows } from '../../../../engine/counting';
import { runInvoke, storeOf, type Step } from '../../../../engine/invokeWorkflow';
import { useFreshSandbox } from '../../../../engine/sandbox';
import { itemsWithFiles, makeFile } from '../../files/storedFiles';

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

/** What needs more than one try fails, and so does what needs a retry of the budget. */
async function run(rows: unknown[], options: object = {}, step: Partial<Step> = {}) {
	return await runInvoke({
		store: storeOf(sandbox.url),
		rows,
		...step,
		parameters: { ...step.parameters, options: { maxTries: 1, concurrency: 20, ...options } },
	});
}

const LIMIT = { errcode: 45011 };
const count = (path: string) => sandbox.log.filter((request) => request.path === path).length;

function readHints({ run: { data } }: Awaited<ReturnType<typeof run>>): string[] {
	return (data.resultData.runData.Invoke[0].hints ?? []).map(({ message }) => message);
}

describe('a limit on the way to a token', () => {
	test('costs no try, and one request at a time finds out when it is over', async () => {
		sandbox.faults.set('stable_token', { ...LIMIT, times: 2 });
		const result = await run(makeRows(200));
		expect(result.success).toHaveLength(200);
		expect(countTokenRequests(sandbox)).toBe(3);
		expect(countInvocations(sandbox)).toBe(200);
		// It was no limit of the environment.
		expect(readHints(result)).toEqual([]);
	});

	test('that lasts fails all items, as Try Later, without a call', async () => {
		sandbox.faults.set('stable_token', LIMIT);
		const { error } = await run(makeRows(200), { waitForLimits: 1 });
		expect(error).toHaveLength(200);
		expect(error[0].error).toMatchObject({
			...{ errcode: 45011, category: 'rate-limited', retryable: true, attempts: 0 },
			message: expect.stringContaining('waiting for 1 second did not help'),
			hint: expect.stringContaining('raise the option Wait for Limits (1 second now)'),
		});
		expect(countTokenRequests(sandbox)).toBeLessThan(10);
		expect(countInvocations(sandbox)).toBe(0);
	});

	test('comes after a token that WeChat refuses, too', async () => {
		await run(makeRows(1));
		sandbox.tokens.expireAll();
		sandbox.faults.set('stable_token', { ...LIMIT, times: 1 });
		expect((await run(makeRows(20))).success).toHaveLength(20);
	});
});

describe('a limit of cloud storage', () => {
	test('on places for files costs no try, and the others wait in line', async () => {
		sandbox.faults.set('uploadfile', { ...LIMIT, times: 3 });
		const file = await makeFile(Buffer.from('the file'), 'a.txt');
		const result = await run(makeRows(30), { sendFiles: true }, { binary: { file } });
		expect(result.success).toHaveLength(30);
		expect(sandbox.storage.list()).toHaveLength(30);
		expect(count('/tcb/uploadfile')).toBe(33);
		expect(readHints(result)).toEqual([expect.stringContaining('Cloud storage of the env')]);
	});

	test('on places for files that lasts fails the item before its call', async () => {
		sandbox.faults.set('uploadfile', LIMIT);
		const file = await makeFile(Buffer.from('the file'), 'a.txt');
		const options = { sendFiles: true, waitForLimits: 1 };
		const { error } = await run(makeRows(3), options, { binary: { file } });
		expect(error.map(({ error: { attempts, category } }) => [attempts, category])).toEqual(
			Array(3).fill([0, 'rate-limited']),
		);
		expect(error[0].error.message).toContain('waiting for 1 second did not help');
		expect(countInvocations(sandbox)).toBe(0);
	});

	test('on links costs no try either, and the function is not called again', async () => {
		sandbox.faults.set('batchdownloadfile', { ...LIMIT, times: 2 });
		const report = await sandbox.storage.put('shop-demo', 'a.csv', Buffer.from('1'));
		const rows = Array.from({ length: 5 }, () => ({ reply: { report } }));
		const { run: result } = await run(rows, { downloadFiles: 'report' });
		const names = itemsWithFiles(result, 'Success').map(({ binary }) => Object.keys(binary ?? {}));
		expect(names).toEqual(Array(5).fill(['report']));
		expect(countInvocations(sandbox)).toBe(5);
	});

	test('keeps no item without files back', async () => {
		sandbox.faults.set('uploadfile', LIMIT);
		const file = await makeFile(Buffer.from('the file'), 'a.txt');
		const binary = [...Array(30).fill({ file }), undefined];
		const options = { sendFiles: true, waitForLimits: 2, concurrency: 2 };
		const { success, error } = await run(makeRows(31), options, { binary });
		expect([success.length, error.length]).toEqual([1, 30]);
		const paths = sandbox.log.map(({ path }) => path);
		const call = paths.indexOf('/tcb/invokecloudfunction');
		expect(paths.slice(call + 1)).toContain('/tcb/uploadfile');
	});
});

test("one customer's limit, on tokens and on calls, touches no other's items", async () => {
	const customers = [1, 2, 3].map((number) => ({
		appId: `wx-sandbox-customer-${number}`,
		appSecret: `sandbox-dummy-secret-customer-${number}`,
		env: `customer-${number}-demo`,
	}));
	sandbox.limits.set('customer-1-demo', { calls: 1, windowMs: 600_000 });
	const rows = customers.flatMap((customer) => Array(60).fill(customer) as typeof customers);
	const fields = { appId: '={{ $json.appId }}', appSecret: '={{ $json.appSecret }}' };
	const { success, error } = await run(
		rows,
		{ credentialPerItem: true, waitForLimits: 2 },
		{ store: storeOf(sandbox.url, fields), parameters: { environment: '={{ $json.env }}' } },
	);
	const countOf = (items: unknown[]) =>
		customers.map(
			({ env }) => items.filter((item) => (item as { env: string }).env === env).length,
		);
	expect(countOf(success)).toEqual([1, 60, 60]);
	expect(countOf(error)).toEqual([59, 0, 0]);
});

test('what was learned is forgotten after some minutes without a run', () => {
	let now = 0;
	jest.spyOn(performance, 'now').mockImplementation(() => now);
	const lane = openLane('forgetful');
	const calls = [1, 2, 3].map(() => lane.tryToEnter());
	for (const call of calls) if (call) lane.leave(call, { kind: 'atOnce' });
	expect(lane.learned()).toHaveProperty('atOnce');
	lane.close();
	now = 4 * 60_000;
	const soon = openLane('forgetful');
	expect(soon.learned()).toHaveProperty('atOnce');
	soon.close();
	now = 10 * 60_000;
	const late = openLane('forgetful');
	expect(late.learned()).toEqual({});
	late.close();
	jest.restoreAllMocks();
});

test('how long nobody is to call is known to the next run', () => {
	const lane = openLane('asked to wait');
	const call = lane.tryToEnter();
	if (call) lane.leave(call, { kind: 'perTime', retryAfterMs: 60_000 });
	lane.close();
	const next = openLane('asked to wait');
	expect(next.tryToEnter()).toBeUndefined();
	next.close();
});
