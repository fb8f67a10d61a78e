import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { call, expectCode, invoke, SHOP, type Call } from '../client';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterAll(async () => {
	await sandbox.close();
});

function invokeWith(query: Record<string, string>, change: Call = {}) {
	return call(sandbox, '/tcb/invokecloudfunction', { query, body: {}, ...change });
}

function shopQuery() {
	return { access_token: sandbox.tokens.issue(SHOP.appid), env: 'shop-demo', name: 'echo' };
}

test('-1: by instruction only', async () => {
	await expectCode(invoke(sandbox, 'echo', { sandbox: { errcode: -1 } }), -1, 'system error');
});

test('40014: a token that was never issued', async () => {
	const query = { ...shopQuery(), access_token: 'sandbox-token-unknown' };
	await expectCode(invokeWith(query), 40014, 'invalid access_token');
});

test('40101: env or name is not in the query', async () => {
	const { access_token, env, name } = shopQuery();
	await expectCode(invokeWith({ access_token, name }), 40101, 'missing parameter');
	await expectCode(invokeWith({ access_token, env }), 40101, 'missing parameter');
	await expectCode(invokeWith({ access_token, env, name: '' }), 40101, 'missing parameter');
	await expectCode(invokeWith({ access_token, name }, { body: { env } }), 40101, 'missing');
});

test('41001: no token in the query, even when the body holds one', async () => {
	const { access_token, ...query } = shopQuery();
	await expectCode(invokeWith(query), 41001, 'access_token missing');
	await expectCode(invokeWith(query, { body: { access_token } }), 41001, 'access_token missing');
});

test('42001: a token whose time is over', async () => {
	const query = shopQuery();
	sandbox.tokens.expireAll();
	await expectCode(invokeWith(query), 42001, 'access_token expired');
	await expect(invokeWith(shopQuery())).resolves.toMatchObject({ data: { errcode: 0 } });
});

test.each(['GET', 'PUT', 'DELETE'])('43002: %s instead of POST', async (method) => {
	await expectCode(invokeWith(shopQuery(), { method }), 43002, 'require POST method');
});

test('44002: no body', async () => {
	await expectCode(invokeWith(shopQuery(), { body: undefined }), 44002, 'empty post data');
});

test('85088: cloud development is not opened for the account', async () => {
	const query = { ...shopQuery(), access_token: sandbox.tokens.issue('wx-sandbox-plain') };
	await expectCode(invokeWith(query), 85088, 'no qbase privilege');
});

test('-501000: an environment or a function that does not exist', async () => {
	await expectCode(invokeWith({ ...shopQuery(), env: 'nowhere' }), -501000, 'env not exists');
	await expectCode(invokeWith({ ...shopQuery(), name: 'gone' }), -501000, 'FUNCTION_NOT_FOUND');
});

test('-501000: a function that is in the lists, and not ready', async () => {
	await expectCode(
		invokeWith({ ...shopQuery(), name: 'newCoupon' }),
		-501000,
		'FUNCTION_STATUS_ABNORMAL',
	);
});

test('-501005: the environment of another account', async () => {
	await expectCode(invokeWith({ ...shopQuery(), env: 'office-demo' }), -501005, 'invalid env');
});

test('-501007: the function is named in the body only', async () => {
	const { access_token, env, name } = shopQuery();
	const body = { env, name };
	await expectCode(invokeWith({ access_token }, { body }), -501007, 'function name foramt invalid');
});

test.each(['1echo', 'e', 'echo-', 'echo.main', `e${'o'.repeat(60)}`])(
	'-501007: the function name "%s"',
	async (name) => {
		await expectCode(invokeWith({ ...shopQuery(), name }), -501007, 'function name foramt');
	},
);

test.each(['[1]', '"text"', '5', 'null', 'name=Li', ' '])(
	'-501007: the body %j is no JSON object',
	async (body) => {
		await expectCode(invokeWith(shopQuery(), { body }), -501007, 'not a JSON object');
	},
);

test('45002: a body above 6 MB', async () => {
	const body = { text: 'x'.repeat(6 * 1024 * 1024) };
	await expectCode(invokeWith(shopQuery(), { body }), 45002, 'content size out of limit');
});

test('40066: a path that the sandbox does not know', async () => {
	await expectCode(call(sandbox, '/tcb/unknown', { body: {} }), 40066, 'invalid url');
});

test('the method is checked first, then the token, then the account, then the parameters', async () => {
	await expectCode(invokeWith({}, { method: 'GET' }), 43002, '');
	await expectCode(invokeWith({}, { body: undefined }), 41001, '');
	const access_token = sandbox.tokens.issue('wx-sandbox-plain');
	await expectCode(invokeWith({ access_token }, { body: undefined }), 85088, '');
	const shop = { access_token: sandbox.tokens.issue(SHOP.appid) };
	await expectCode(invokeWith(shop, { body: undefined }), 40101, '');
});
