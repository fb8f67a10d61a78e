import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

/** What comes out for a function that returns this. */
async function resultOf(reply: unknown, parameters: Record<string, unknown> = {}) {
	return await runInvoke({ store: storeOf(sandbox.url), rows: [{ reply }], parameters });
}

const userInfo = { appId: 'wx-sandbox-shop' };

describe('request data', () => {
	test('the whole item is sent, and the function sees it as its event', async () => {
		const rows = [{ name: 'Li Lei', tags: ['new', 1, null], nested: { ok: true } }];
		const { success } = await runInvoke({ store: storeOf(sandbox.url), rows });
		expect(success).toEqual([{ ...rows[0], userInfo }]);
	});

	test('an empty item is sent as {}', async () => {
		const { success, error } = await runInvoke({ store: storeOf(sandbox.url), rows: [{}] });
		expect(error).toEqual([]);
		expect(success).toEqual([{ userInfo }]);
	});

	test.each([
		['text', '={ "order": {{ $json.id }} }'],
		['an object from an expression', '={{ ({ order: $json.id }) }}'],
	])('JSON is accepted as %s', async (_, requestJson) => {
		const { success } = await runInvoke({
			store: storeOf(sandbox.url),
			rows: [{ id: 7 }, { id: 8 }],
			parameters: { requestData: 'json', requestJson },
		});
		expect(success).toEqual([
			{ order: 7, userInfo },
			{ order: 8, userInfo },
		]);
	});
});

describe('simplified results', () => {
	test.each([
		['an object: its fields', { total: 12, note: '' }, [{ total: 12, note: '' }]],
		[
			'an array: one item per element',
			[{ a: 1 }, 'x', null, [2]],
			[{ a: 1 }, { result: 'x' }, { result: null }, { result: [2] }],
		],
		['an empty array: no item', [], []],
		['text', 'done', [{ result: 'done' }]],
		['text that looks like a number', '0123', [{ result: '0123' }]],
		['a number', 0, [{ result: 0 }]],
		['null', null, [{ result: null }]],
	])('%s', async (_, reply, expected) => {
		expect((await resultOf(reply)).success).toEqual(expected);
	});

	test('a result that n8n would take for an error stays a success', async () => {
		const reply = { error: 'none of the coupons fits', message: 'ok' };
		const { success, error } = await resultOf(reply);
		expect(error).toEqual([]);
		expect(success).toEqual([{ ...reply, errcode: 0 }]);
	});
});

test('without Simplify the whole answer comes out, once per invocation', async () => {
	const { success } = await resultOf([1, 2], { simplify: false });
	expect(success).toEqual([{ errcode: 0, errmsg: 'ok', resp_data: [1, 2] }]);
});

test('resp_data that is no JSON stays text', async () => {
	const body = JSON.stringify({ errcode: 0, errmsg: 'ok', resp_data: 'plain, not JSON' });
	const rows = [{ sandbox: { status: 200, body } }];
	const { success } = await runInvoke({ store: storeOf(sandbox.url), rows });
	expect(success).toEqual([{ result: 'plain, not JSON' }]);
});

test('items on both branches can be traced back to their input', async () => {
	const rows = [
		{ reply: [{ n: 1 }, { n: 2 }] },
		{ id: 'bad', sandbox: { errcode: -1 } },
		{ reply: { n: 3 } },
	];
	const { successSources, errorSources } = await runInvoke({ store: storeOf(sandbox.url), rows });
	expect(successSources).toEqual([rows[0], rows[0], rows[2]]);
	expect(errorSources).toEqual([rows[1]]);
});

test('items come out in the order of the input, whoever answers first', async () => {
	const rows = [
		{ reply: 'slow', sandbox: { delayMs: 200 } },
		{ reply: 'quick' },
		{ reply: 'last' },
	];
	const { success } = await runInvoke({ store: storeOf(sandbox.url), rows });
	expect(success).toEqual([{ result: 'slow' }, { result: 'quick' }, { result: 'last' }]);
});
