import type { Sandbox } from '../../../../sandbox/server';
import { countInvocations } from '../../../engine/counting';
import { runInvoke, storeOf, type Step } from '../../../engine/invokeWorkflow';
import { useFreshSandbox } from '../../../engine/sandbox';

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

async function run(input: unknown[], parameters: object = {}, more: Partial<Step> = {}) {
	return await runInvoke({
		store: storeOf(sandbox.url),
		rows: input,
		parameters: { invoke: 'oncePerBatch', batchSize: 50, ...parameters },
		...more,
	});
}

function answerOnce(result: unknown, times?: number) {
	const envelope = { errcode: 0, errmsg: 'ok', resp_data: JSON.stringify(result) };
	sandbox.faults.set('echo', {
		...{ status: 200, body: JSON.stringify(envelope) },
		...(times !== undefined && { times }),
	});
}

describe('a batch with one result for each item', () => {
	const bad = { errorCode: 1, errorMessage: 'no stock' };

	test("an entry in the runtime's error shape is its own item's failure; the others are successes", async () => {
		answerOnce([{ n: 0 }, bad, { n: 2 }, 7]);
		const { success, successSources, error } = await run(rows(4));
		expect(success).toEqual([{ n: 0 }, { n: 2 }, { result: 7 }]);
		expect(successSources).toEqual([{ id: 0 }, { id: 2 }, { id: 3 }]);
		expect(error).toEqual([
			{
				id: 1,
				error: expect.objectContaining({
					message: '"echo" ran and failed: no stock.',
					category: 'function-error',
					result: bad,
					requestData: '{"id":1}',
				}),
			},
		]);
	});

	test('Result Check looks at each entry', async () => {
		answerOnce([{ code: 0 }, { code: 7 }, {}]);
		const resultCheck = { check: { field: 'code', successValues: '0' } };
		const { success, error } = await run(rows(3), { options: { resultCheck } });
		expect(success).toEqual([{ code: 0 }]);
		expect(error.map(({ id }) => id)).toEqual([1, 2]);
		expect(error[0].error.message).toContain('did not pass the Result Check');
		expect(error[0].error.result).toEqual({ code: 7 });
	});

	test('raw results: what succeeded stays one item, with the inputs it belongs to', async () => {
		answerOnce([{ n: 0 }, bad, { n: 2 }]);
		const { run: execution, success } = await run(rows(3), { simplify: false });
		expect(success).toEqual([{ errcode: 0, errmsg: 'ok', resp_data: [{ n: 0 }, { n: 2 }] }]);
		const [item] = execution.data.resultData.runData.Invoke[0].data?.main[0] ?? [];
		expect(item.pairedItem).toEqual([{ item: 0 }, { item: 2 }]);
	});

	test("n8n's Retry On Fail sends only the failed entries again", async () => {
		answerOnce([bad, { n: 1 }, bad], 1);
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const { success } = await run(rows(3), {}, { node });
		expect(success).toContainEqual({
			items: [{ id: 0 }, { id: 2 }],
			userInfo: { appId: 'wx-sandbox-shop' },
		});
		expect(success).toContainEqual({ n: 1 });
		expect(countInvocations(sandbox)).toBe(2);
	});
});

describe('a batch that is too large', () => {
	test.each([
		['45002', { errcode: 45002 }],
		['HTTP 413', { status: 413, body: '' }],
		['the text EXCEED_MAX_PAYLOAD_SIZE', { errcode: -501000, errmsg: 'EXCEED_MAX_PAYLOAD_SIZE' }],
	])('%s: is sent again in halves, and the size that went through is kept', async (_, tooLarge) => {
		const big = rows(16).map((row) => ({ ...row, text: 'x'.repeat(1000) }));
		sandbox.limits.set('shop-demo', { requestBytes: 5_000, tooLarge });
		const { error } = await run(big, { batchSize: 8, options: { concurrency: 1 } });
		expect(error).toEqual([]);
		// 8 is refused, 4 goes through; the second batch is parted before it is sent.
		expect(countInvocations(sandbox)).toBe(1 + 4);
	});

	test('a single item that is too large fails alone', async () => {
		sandbox.limits.set('shop-demo', { requestBytes: 500 });
		const { success, error } = await run([{ id: 0 }, { id: 1, text: 'x'.repeat(1000) }, { id: 2 }]);
		expect(error.map(({ id }) => id)).toEqual([1]);
		expect(error[0].error).toMatchObject({ errcode: 45002, mayHaveRun: false });
		expect(success.length).toBeGreaterThan(0);
	});

	test('one whose result is too large has run: the hint says which batch size to choose', async () => {
		sandbox.faults.set('echo', { errcode: -604001 });
		const { error } = await run(rows(8));
		expect(countInvocations(sandbox)).toBe(1);
		expect(error[0].error.hint).toContain('Set Batch Size to 4 or less.');
	});

	test('where the user says it is safe, that one is sent in halves as well', async () => {
		sandbox.faults.set('echo', { errcode: -604001, times: 1 });
		const { error } = await run(rows(8), { options: { safeToRepeat: true } });
		expect(error).toEqual([]);
		expect(countInvocations(sandbox)).toBe(3);
	});
});

test('items to be sent by different rules share no batch', async () => {
	sandbox.faults.set('echo', { errcode: -504003 });
	const input = [{ safe: true }, { safe: false }, { safe: true }];
	const { error } = await run(input, {
		options: { safeToRepeat: '={{ $json.safe }}', maxTries: 2, concurrency: 1 },
	});
	expect(error.map(({ error: { attempts } }) => attempts)).toEqual([2, 1, 2]);
}, 20_000);

test("a batch's failure says that it was a batch, and what was sent", async () => {
	sandbox.faults.set('echo', { errcode: -504002, errmsg: 'errMsg: "undefined" has no price' });
	const { error } = await run(rows(3));
	expect(error[0].error.hint).toContain(
		'Invoke is Once per Batch: the function got { items: [ … ] } with 3 items.',
	);
	expect(error[0].error.requestData).toBe('{"items":[{"id":0},{"id":1},{"id":2}]}');
});

test('batches that interleave leave in the order of the input, with what is wrong in between', async () => {
	const names = ['echo', 'importRows', 'echo', 'no/name', 'echo'];
	const { run: execution } = await run(
		names.map((name, id) => ({ id, name })),
		{ functionName: '={{ $json.name }}', batchSize: 2 },
		{ onError: 'continueRegularOutput' },
	);
	const items = execution.data.resultData.runData.Invoke[0].data?.main[0] ?? [];
	const firsts = items.map(({ pairedItem }) => ([pairedItem].flat()[0] as { item: number }).item);
	expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
	expect(firsts.length).toBeGreaterThanOrEqual(4);
});
