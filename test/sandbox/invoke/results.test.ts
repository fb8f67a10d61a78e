import { startSandbox, type Sandbox } from '../../../sandbox/server';
import { invoke, readResult, RID } from '../client';

const TIME_LIMIT_MS = 300;
const FAR_TOO_LONG_MS = 3_600_000;

let sandbox: Sandbox;
/** With a short time limit, for the functions that outlast it. */
let hasty: Sandbox;

beforeAll(async () => {
	[sandbox, hasty] = await Promise.all([
		startSandbox(),
		startSandbox({ timeLimitMs: TIME_LIMIT_MS }),
	]);
});

afterAll(async () => {
	await Promise.all([sandbox.close(), hasty.close()]);
});

test('a result is JSON inside the JSON of the answer', async () => {
	const { status, data } = await invoke(sandbox, 'orderTotal', {
		items: [
			{ name: 'Tea', price: 38.5, quantity: 2 },
			{ name: 'Cup', price: 19.9 },
		],
		coupon: 'WELCOME10',
	});
	expect(status).toBe(200);
	expect(data).toEqual({ errcode: 0, errmsg: 'ok', resp_data: expect.any(String) });
	expect(JSON.parse(data.resp_data)).toEqual({
		itemCount: 3,
		subtotal: 96.9,
		discount: 9.69,
		shipping: 8,
		total: 95.21,
	});
});

test.each([
	['null', null, 'null'],
	['text', 'Li said "hi"', '"Li said \\"hi\\""'],
	['empty text', '', '""'],
	['a number', 7.5, '7.5'],
	['false', false, 'false'],
	['an array', [1, { a: 2 }], '[1,{"a":2}]'],
	['an object that looks like an HTTP answer', { statusCode: 500, headers: {} }, undefined],
])('a function may return %s', async (_kind, reply, respData = JSON.stringify(reply)) => {
	const { status, data } = await invoke(sandbox, 'echo', { reply });
	expect(status).toBe(200);
	expect(data).toEqual({ errcode: 0, errmsg: 'ok', resp_data: respData });
});

test('a function that returns nothing has the result null', async () => {
	const { data } = await invoke(sandbox, 'echo', { noReply: true });
	expect(data.resp_data).toBe('null');
});

test('a report is an array of rows', async () => {
	const answer = await invoke(sandbox, 'dailyReport', { shop: 'Chengdu', from: '2025-03-02' });
	expect(readResult(answer)).toEqual([
		{ date: '2025-03-02', shop: 'Chengdu', orders: 38, revenue: 2904.8 },
		{ date: '2025-03-03', shop: 'Chengdu', orders: 29, revenue: 2210 },
	]);
});

test('the account is put into the event, over whatever the caller says', async () => {
	const answer = await invoke(sandbox, 'echo', { a: 1, userInfo: { appId: 'forged', more: 1 } });
	expect(readResult(answer)).toEqual({ a: 1, userInfo: { appId: 'wx-sandbox-shop' } });
});

test.each(['application/json', 'application/x-www-form-urlencoded', 'text/plain; charset=gbk', ''])(
	'the body is read as UTF-8 JSON under Content-Type "%s"',
	async (contentType) => {
		const headers = { 'content-type': contentType };
		const answer = await invoke(sandbox, 'echo', { name: '李雷 & co=1' }, { headers });
		expect(readResult(answer)).toMatchObject({ name: '李雷 & co=1' });
	},
);

test('-504002: a function that throws, with its message and its stack', async () => {
	const { data } = await invoke(sandbox, 'signUp', { name: 'Li Lei', phone: '123' });
	expect(data.errcode).toBe(-504002);
	expect(data.errmsg).toContain('Error: phone must have 11 digits: "123"\n');
	expect(data.errmsg).toContain('/var/user/signUp/index.js:');
	expect(data.errmsg).toMatch(RID);
	expect(data).not.toHaveProperty('resp_data');
});

test('-504003: a function that outlasts the time limit', async () => {
	const { data } = await invoke(hasty, 'echo', { waitMs: FAR_TOO_LONG_MS });
	expect(data.errcode).toBe(-504003);
	expect(data.errmsg).toMatch(/^Invoking task timed out after 0\.3 seconds rid: /);
});

test('a function that was timed out has run all the same', async () => {
	const form = { name: 'Han Meimei', phone: '13800000001' };
	const slow = { ...form, sandbox: { delayMs: FAR_TOO_LONG_MS } };
	expect((await invoke(hasty, 'signUp', slow)).data.errcode).toBe(-504003);
	expect(readResult(await invoke(hasty, 'signUp', form))).toMatchObject({ submissions: 2 });
});

test('-604001: a result above 1 MB', async () => {
	const fitting = 'x'.repeat(1024 * 1024 - 2); // the quotes count
	expect((await invoke(sandbox, 'echo', { reply: fitting })).data.errcode).toBe(0);
	const { data } = await invoke(sandbox, 'echo', { reply: `${fitting}x` });
	expect(data.errcode).toBe(-604001);
	expect(data.errmsg).toMatch(RID);
});

test('importRows imports a row once, and answers one status per row', async () => {
	const items = [{ row: 2, itemId: 'P-1' }, { row: 3, itemId: 'P-1' }, {}];
	const statuses = async () => readResult(await invoke(sandbox, 'importRows', { items }));
	expect(await statuses()).toEqual([
		{ row: 2, status: 'imported' },
		{ row: 3, status: 'skipped' },
		{ row: 3, status: 'imported' },
	]);
	expect(await statuses()).toMatchObject([{ status: 'skipped' }, { status: 'skipped' }, {}]);
});

test('placeOrder places an order once, however often the same request is sent', async () => {
	const send = async (event: object) => readResult(await invoke(sandbox, 'placeOrder', event));
	const tea = { invocationId: 'r-1', product: 'Tea', quantity: 2 };
	const first = { orderNumber: 1, ...tea };
	expect(await send(tea)).toEqual(first);
	expect(await send(tea)).toEqual(first);
	expect(await send({ ...tea, invocationId: 'r-2' })).toEqual({
		...first,
		orderNumber: 2,
		invocationId: 'r-2',
	});
	expect(await send({ list: true })).toEqual([
		{ ...first, timesSent: 2 },
		{ ...first, orderNumber: 2, invocationId: 'r-2', timesSent: 1 },
	]);
});
