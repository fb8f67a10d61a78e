import { startSandbox, type Sandbox } from '../../engine/sandbox';
import type { TokenKind } from '../../../sandbox/tokens/tokenStore';
import { call, expectCode } from '../client';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterEach(() => {
	sandbox.faults.clear();
	sandbox.functionList.reset();
});

afterAll(async () => {
	await sandbox.close();
});

const SHOP = ['access', 'wx-sandbox-shop'] as const;
const PROVIDER = ['component', 'wx-sandbox-provider'] as const;

async function ask(path: string, [kind, appId]: readonly [TokenKind, string], body: unknown) {
	const access_token = sandbox.tokens.issue(appId, kind);
	return await call(sandbox, path, { query: { access_token }, body });
}

async function listNames(body: Record<string, unknown>): Promise<string[]> {
	const { data } = await ask('/tcb/listfunctions', SHOP, { env: 'shop-demo', ...body });
	return data.functions.map(({ name }: { name: string }) => name);
}

test.each([
	['/tcb/getenvinfo', 'access', 'wx-sandbox-shop', ['shop-demo', 'shop-old']],
	['/tcb/getenvinfo', 'authorizer', 'wx-sandbox-customer-a', ['customer-a-demo']],
	['/tcb/getenvinfo', 'access', 'wx-sandbox-customer-c', []],
	['/componenttcb/describeenvs', 'component', 'wx-sandbox-provider', ['provider-demo']],
] as const)('%s lists the environments of the %s token of %s', async (path, kind, appId, ids) => {
	const { data } = await ask(path, [kind, appId], {});
	expect(data).toEqual({ errcode: 0, errmsg: 'ok', info_list: expect.any(Array) });
	expect(data.info_list.map(({ env }: { env: string }) => env)).toEqual(ids);
});

test('an environment comes with its alias and status', async () => {
	const { data } = await ask('/tcb/getenvinfo', SHOP, {});
	expect(data.info_list).toMatchObject([
		{ env: 'shop-demo', alias: 'Shop', status: 'NORMAL', package_name: 'Free' },
		{ env: 'shop-old', alias: 'Old shop', status: 'UNAVAILABLE' },
	]);
});

test.each([
	['/tcb/listfunctions', ...SHOP, 'shop-demo'],
	['/tcb/listfunctions', 'authorizer', 'wx-sandbox-customer-a', 'customer-a-demo'],
	['/componenttcb/getscflist', ...PROVIDER, 'provider-demo'],
] as const)(
	'%s lists the functions, those that do not work too, for the %s token of %s',
	async (path, kind, appId, env) => {
		const { data } = await ask(path, [kind, appId], { env, offset: 0, limit: 100 });
		expect(data).toMatchObject({ errcode: 0, total_count: sandbox.functionNames.length + 2 });
		expect(data.functions).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ name: 'orderTotal', status: 'Active', runtime: 'Nodejs18.15' }),
				expect.objectContaining({ name: 'newCoupon', status: 'Updating' }),
				expect.objectContaining({ name: 'oldReport', status: 'CreateFailed' }),
			]),
		);
		expect(sandbox.log.at(-1)).toMatchObject({ path, appId, env, errcode: 0 });
	},
);

test('functions come page by page, with those that a test has added at the end', async () => {
	const added = Array.from({ length: 40 }, (_, i) => ({ name: `added${i}` }));
	sandbox.functionList.add(added);
	expect(await listNames({ offset: 0 })).toHaveLength(20);
	const all = await listNames({ offset: 0, limit: 100 });
	expect(await listNames({ offset: 20, limit: 15 })).toEqual(all.slice(20, 35));
	expect(await listNames({ offset: all.length - 1, limit: 5 })).toEqual(['added39']);
	expect(await listNames({ offset: all.length, limit: 5 })).toEqual([]);
});

test('a searchkey leaves the functions with it in their name, and counts only those', async () => {
	const body = { env: 'provider-demo', searchkey: 'Report' };
	const { data } = await ask('/componenttcb/getscflist', PROVIDER, body);
	expect(data).toMatchObject({
		total_count: 3,
		functions: [{ name: 'dailyReport' }, { name: 'monthlyReport' }, { name: 'oldReport' }],
	});
});

test.each([
	['/tcb/getenvinfo', PROVIDER],
	['/tcb/listfunctions', PROVIDER],
	['/componenttcb/describeenvs', SHOP],
	['/componenttcb/getscflist', ['authorizer', 'wx-sandbox-customer-a']],
] as const)('48001: %s with the wrong kind of token (%s)', async (path, holder) => {
	await expectCode(ask(path, holder, { env: 'shop-demo' }), 48001, 'api unauthorized');
});

test('a token that is missing, unknown, expired or refused has its code', async () => {
	const send = (query: Record<string, string>) =>
		call(sandbox, '/tcb/getenvinfo', { query, body: {} });
	await expectCode(send({}), 41001, '');
	await expectCode(send({ access_token: 'sandbox-dummy' }), 40014, '');
	const access_token = sandbox.tokens.issue('wx-sandbox-customer-b');
	sandbox.tokens.expire(access_token);
	await expectCode(send({ access_token }), 42001, '');
	const other = sandbox.tokens.issue('wx-sandbox-customer-c');
	sandbox.tokens.revoke(other);
	await expectCode(send({ access_token: other }), 40001, '');
});

test.each([
	['no body', 44002, undefined],
	['a body that is no JSON object', 47001, '[]'],
	['no env', 40101, {}],
	['an environment that does not exist', -501000, { env: 'nowhere' }],
	['the environment of another account', -501005, { env: 'office-demo' }],
	['the environment of a service provider', 48001, { env: 'provider-demo' }],
	['an environment that is not available', -501009, { env: 'shop-old' }],
	['a limit above 100', 40097, { env: 'shop-demo', limit: 101 }],
	['an offset below 0', 40097, { env: 'shop-demo', offset: -1 }],
])('a list of functions with %s: %i', async (_, errcode, body) => {
	await expectCode(ask('/tcb/listfunctions', SHOP, body), errcode, '');
});

test('a list needs POST, and an account with cloud development', async () => {
	const get = call(sandbox, '/tcb/getenvinfo', { method: 'GET' });
	await expectCode(get, 43002, 'require POST method');
	const plain = ask('/tcb/getenvinfo', ['access', 'wx-sandbox-plain'], {});
	await expectCode(plain, 85088, 'no qbase privilege');
});

test('a list fails as it is told, over HTTP or in a test, and others do not', async () => {
	const fault = { errcode: 61007, times: 1 };
	await call(sandbox, '/sandbox/faults/listfunctions', { method: 'PUT', body: fault });
	expect((await ask('/tcb/getenvinfo', SHOP, {})).data.errcode).toBe(0);
	await expectCode(ask('/tcb/listfunctions', SHOP, { env: 'shop-demo' }), 61007, '');
	expect(await listNames({})).toContain('echo');
	sandbox.faults.set('getenvinfo', { body: 'not JSON' });
	expect((await ask('/tcb/getenvinfo', SHOP, {})).data).toBe('not JSON');
});
