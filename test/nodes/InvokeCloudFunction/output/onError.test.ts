import type { NodeApiError } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';
import { itemsAt } from '../../../engine/core/runWorkflow';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const rows = [
	{ id: 1, reply: { ok: 1 } },
	{ id: 2, sandbox: { errcode: 45009 } },
	{ id: 3, reply: { ok: 3 } },
];

test('continue using error output: each item leaves on its branch, failures with their own fields', async () => {
	const { success, error } = await runInvoke({ store: storeOf(sandbox.url), rows });
	expect(success).toEqual([{ ok: 1 }, { ok: 3 }]);
	expect(error).toEqual([{ ...rows[1], error: expect.objectContaining({ errcode: 45009 }) }]);
});

test('continue: all items stay in the one output, in order', async () => {
	const { success, error } = await runInvoke({
		store: storeOf(sandbox.url),
		rows,
		onError: 'continueRegularOutput',
	});
	expect(error).toEqual([]);
	expect(success).toEqual([
		{ ok: 1 },
		{ error: expect.objectContaining({ errcode: 45009 }) },
		{ ok: 3 },
	]);
});

describe('stop workflow', () => {
	const stop = async (items = rows) => {
		const before = sandbox.log.length;
		const { run } = await runInvoke({
			store: storeOf(sandbox.url),
			rows: items,
			parameters: { options: { concurrency: 1, waitForLimits: 0 } },
			onError: 'stopWorkflow',
		});
		const calls = sandbox.log.slice(before).filter(({ path }) => path.startsWith('/tcb/'));
		return { run, calls, error: run.data.resultData.error as NodeApiError };
	};

	test('the first failure ends the run, and nothing is invoked after it', async () => {
		const { run, calls } = await stop();
		expect(run.status).toBe('error');
		expect(calls).toHaveLength(2);
		expect(itemsAt(run, 'Success')).toEqual([]);
	});

	test('the error says what happened, to which item, what to do and how far the run had come', async () => {
		const { error } = await stop();
		expect(error.name).toBe('NodeApiError');
		expect(error.message).toBe('"echo" was not run: the daily quota of this API is used up.');
		expect(error.httpCode).toBe('45009');
		expect(error.context.itemIndex).toBe(1);
		expect(error.description).toMatch(/^Wait until tomorrow/);
		expect(error.description).toMatch(
			/Of 3 items 1 had run, 0 may have run, 1 was refused \(item 2\), 1 was not sent\./,
		);
	});

	test.each([
		[45009, 'quota-exhausted'],
		[45011, 'rate-limited'],
		[48001, 'credential-invalid'],
		[40097, 'configuration-invalid'],
		[-504003, undefined],
	])('%i: n8n is told the cause by its own name', async (errcode, cause) => {
		const { error } = await stop([{ id: 1, sandbox: { errcode } } as never]);
		expect(error.failure?.cause).toBe(cause);
	});

	test('calls under way are waited for, and none is started after the failure', async () => {
		const before = sandbox.log.length;
		const slow = { reply: 'fine', sandbox: { delayMs: 100 } };
		const { run } = await runInvoke({
			store: storeOf(sandbox.url),
			rows: [slow, { sandbox: { errcode: 40097 } }, slow, slow, slow],
			parameters: { options: { concurrency: 3 } },
			onError: 'stopWorkflow',
		});
		expect(run.status).toBe('error');
		const calls = sandbox.log.slice(before).filter(({ path }) => path.startsWith('/tcb/'));
		expect(calls.map(({ errcode }) => errcode).sort()).toEqual([0, 0, 40097]);
	});

	test("a function's own error text is not replaced by n8n's stock sentences", async () => {
		const thrown = { errorCode: 1, errorMessage: 'database: connect ECONNREFUSED' };
		const { error } = await stop([{ id: 1, reply: thrown } as never]);
		expect(error.message).toBe('"echo" ran and failed: database: connect ECONNREFUSED.');
	});
});
