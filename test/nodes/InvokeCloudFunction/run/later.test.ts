import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';

const START = Date.parse('2026-03-01T08:00:00Z');

let now = START;
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ now: () => now });
});
beforeEach(() => {
	now = START;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => await sandbox.close());

const later = (delaySeconds: unknown) => ({ invocationType: 'later', delaySeconds });

async function run(rows: unknown[], parameters: Record<string, unknown>) {
	return await runInvoke({ store: storeOf(sandbox.url), rows, parameters });
}

test('the function runs after the delay, with the item as its event, and not before', async () => {
	const { success } = await run([{ itemKey: 'a' }, { itemKey: 'b' }], later(60));
	expect(success).toEqual([
		{ errcode: 0, errmsg: 'ok', scheduledFor: '2026-03-01T03:01:00.000-05:00' },
		{ errcode: 0, errmsg: 'ok', scheduledFor: '2026-03-01T03:01:00.000-05:00' },
	]);
	now = START + 59_000;
	await sandbox.delayedTasks.runDue();
	expect(sandbox.runs('echo', 'a')).toBe(0);
	now = START + 60_000;
	await sandbox.delayedTasks.runDue();
	expect([sandbox.runs('echo', 'a'), sandbox.runs('echo', 'b')]).toEqual([1, 1]);
});

test("each item has its own delay, told in the workflow's time zone", async () => {
	const rows = [{ wait: 6 }, { wait: 2_592_000 }];
	const { success } = await run(rows, later('={{ $json.wait }}'));
	expect(success).toMatchObject([
		{ scheduledFor: '2026-03-01T03:00:06.000-05:00' },
		{ scheduledFor: '2026-03-31T04:00:00.000-04:00' },
	]);
});

test.each([5, 2_592_001, 6.5, -1, 0, 'soon'])(
	'a delay of %p seconds is the error of its item, and no call is made',
	async (wait) => {
		const before = sandbox.log.length;
		const { success, error } = await run([{ wait: 10 }, { wait }], later('={{ $json.wait }}'));
		expect(success).toHaveLength(1);
		expect(error[0].error).toMatchObject({ category: 'configuration-invalid', attempts: 0 });
		expect(error[0].error.hint).toContain('from 6 to 2592000');
		const calls = sandbox.log.slice(before).filter(({ path }) => path.startsWith('/tcb/'));
		expect(calls).toHaveLength(1);
	},
);

test('a function that does not exist takes the error branch', async () => {
	const { error } = await run([{ id: 1 }], { ...later(60), functionName: 'noSuchFunction' });
	expect(error).toEqual([
		{ id: 1, error: expect.objectContaining({ errcode: -501000, mayHaveRun: false }) },
	]);
});

test('a batch runs later as one call', async () => {
	const rows = [{ id: 1 }, { id: 2 }];
	const { run: execution } = await run(rows, { ...later(60), invoke: 'oncePerBatch' });
	const items = execution.data.resultData.runData.Invoke[0].data?.main[0] ?? [];
	expect(items).toHaveLength(1);
	expect(items[0].pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
});

test('Result Check has nothing to check there: what WeChat has scheduled is a success', async () => {
	const resultCheck = { check: { field: 'code', successValues: '0' } };
	const { success, error } = await run([{ id: 1 }], { ...later(60), options: { resultCheck } });
	expect(error).toEqual([]);
	expect(success).toMatchObject([{ errcode: 0, scheduledFor: expect.any(String) }]);
});
