import type { Sandbox } from '../../../../sandbox/server';
import { countInvocations } from '../../../engine/counting';
import { useFreshSandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

async function run(input: unknown[], batchSize: number, more: Record<string, unknown> = {}) {
	const { node, ...parameters } = more;
	return await runInvoke({
		store: storeOf(sandbox.url),
		rows: input,
		node: node as object,
		parameters: { invoke: 'oncePerBatch', batchSize, ...parameters },
	});
}

/** Lets every call of the function return this. */
function returnAlways(result: unknown) {
	const envelope = { errcode: 0, errmsg: 'ok', resp_data: JSON.stringify(result) };
	sandbox.faults.set('echo', { status: 200, body: JSON.stringify(envelope) });
}

const userInfo = { appId: 'wx-sandbox-shop' };

test('the function gets { items } in the order of the input, in batches of the size given', async () => {
	const { success, error } = await run(rows(7), 3);
	expect(error).toEqual([]);
	const all = rows(7);
	expect(success).toEqual([
		{ items: all.slice(0, 3), userInfo },
		{ items: all.slice(3, 6), userInfo },
		{ items: all.slice(6), userInfo },
	]);
	expect(countInvocations(sandbox)).toBe(3);
});

test('an array as long as the batch belongs to its items one by one', async () => {
	returnAlways(['a', { b: 1 }, null]);
	const { success, successSources } = await run(rows(3), 3);
	expect(success).toEqual([{ result: 'a' }, { b: 1 }, { result: null }]);
	expect(successSources).toEqual(rows(3));
});

test.each([
	['an object', { done: 3 }, 1],
	['a shorter array', [{ n: 1 }, { n: 2 }], 2],
])('%s belongs to all items of the batch', async (_, result, count) => {
	returnAlways(result);
	const { run: execution } = await run(rows(3), 3);
	const items = execution.data.resultData.runData.Invoke[0].data?.main[0] ?? [];
	expect(items).toHaveLength(count);
	for (const { pairedItem } of items) {
		expect(pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	}
});

test('without Simplify there is one item per call', async () => {
	returnAlways([1, 2, 3]);
	const { success } = await run(rows(3), 3, { simplify: false });
	expect(success).toEqual([{ errcode: 0, errmsg: 'ok', resp_data: [1, 2, 3] }]);
});

test('a batch that fails puts each of its items on its branch, with its own fields', async () => {
	sandbox.faults.set('echo', { errcode: 40097, times: 1 });
	const { success, error } = await run(rows(5), 3, { options: { concurrency: 1 } });
	expect(success).toEqual([{ items: [{ id: 3 }, { id: 4 }], userInfo }]);
	expect(error).toEqual(
		rows(3).map((row) => ({ ...row, error: expect.objectContaining({ errcode: 40097 }) })),
	);
});

test('by category too', async () => {
	sandbox.faults.set('echo', { errcode: 45009 });
	const { outputs } = await run(rows(3), 2, { errorBranches: 'byCategory' });
	expect(outputs.map((items) => items.map(({ id }) => id))).toEqual([
		...[[], [0, 1, 2], [], [], []],
		[],
	]);
});

test('an item that cannot be mapped fails alone, and the rest of its batch goes', async () => {
	const input = [{ json: '{ "n": 1 }' }, { json: '{ broken' }, { json: '{ "n": 3 }' }];
	const more = { requestData: 'json', requestJson: '={{ $json.json }}' };
	const { success, error } = await run(input, 3, more);
	expect(success).toEqual([{ items: [{ n: 1 }, { n: 3 }], userInfo }]);
	expect(error).toEqual([{ ...input[1], error: expect.objectContaining({ attempts: 0 }) }]);
});

test('items for different functions go in different batches', async () => {
	const input = ['echo', 'dailyReport', 'echo'].map((name, id) => ({ id, name }));
	const { success } = await run(input, 10, { functionName: '={{ $json.name }}' });
	expect(countInvocations(sandbox)).toBe(2);
	expect(success[0]).toEqual({ items: [input[0], input[2]], userInfo });
});

test('each entry carries the id of its own item', async () => {
	const { success } = await run(rows(3), 3, { options: { invocationIdField: 'callId' } });
	const [{ items }] = success as Array<{ items: Array<{ callId: string }> }>;
	expect(new Set(items.map(({ callId }) => callId)).size).toBe(3);
});

test("with n8n's Retry On Fail a batch that succeeded is not sent again", async () => {
	sandbox.faults.set('echo', { errcode: 40097, times: 2 });
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const { success, error } = await run(rows(4), 2, { node, options: { concurrency: 1 } });
	expect(error).toEqual([]);
	expect(success).toHaveLength(2);
	// Both fail, both are sent again and succeed.
	expect(countInvocations(sandbox)).toBe(4);
});

describe('input fields in the output', () => {
	const include = { options: { includeInputFields: true } };

	test('come first, with the result over them', async () => {
		const input = [{ id: 1, state: 'open', reply: { state: 'paid', total: 5 } }];
		const { success } = await runInvoke({
			store: storeOf(sandbox.url),
			rows: input,
			parameters: include,
		});
		expect(success).toEqual([{ ...input[0], state: 'paid', total: 5 }]);
		expect(Object.keys(success[0] as object)).toEqual(['id', 'state', 'reply', 'total']);
	});

	test('stand beside each element of an array, and beside the whole answer', async () => {
		const input = [{ id: 1, reply: [{ n: 1 }, { n: 2 }] }];
		const step = { store: storeOf(sandbox.url), rows: input };
		const many = await runInvoke({ ...step, parameters: include });
		expect(many.success).toEqual([
			{ ...input[0], n: 1 },
			{ ...input[0], n: 2 },
		]);
		const whole = await runInvoke({ ...step, parameters: { ...include, simplify: false } });
		expect(whole.success).toEqual([
			{ ...input[0], errcode: 0, errmsg: 'ok', resp_data: input[0].reply },
		]);
	});

	test('of a batch stand beside the elements that belong to one item each', async () => {
		returnAlways([{ n: 1 }, { n: 2 }]);
		expect((await run(rows(2), 2, include)).success).toEqual([
			{ id: 0, n: 1 },
			{ id: 1, n: 2 },
		]);
		returnAlways({ done: 2 });
		expect((await run(rows(2), 2, include)).success).toEqual([{ done: 2 }]);
	});
});

test('a request that may have been too large is warned of in the hint of its error', async () => {
	sandbox.faults.set('echo', { errcode: 47001 });
	const big = { text: 'x'.repeat(60_000) };
	const { error } = await run([big, big], 2);
	expect(error[0].error.hint).toMatch(/The request data has 118 kB\./);
	const { error: small } = await run([{ text: 'x' }], 2);
	expect(small[0].error.hint).not.toMatch(/kB/);
});
