import { startSandbox, type Sandbox } from '../../engine/sandbox';
import {
	call,
	CUSTOMER_A,
	expectCode,
	judgeToken,
	PROVIDER,
	requestAuthorizerToken,
	requestComponentToken,
	SHOP,
} from '../client';

const PATH = '/cgi-bin/component/api_authorizer_token';
const CUSTOMER_B = {
	authorizer_appid: 'wx-sandbox-customer-b',
	authorizer_refresh_token: 'sandbox-dummy-refresh-b',
};

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterAll(async () => {
	await sandbox.close();
});

function issueComponentToken(): string {
	return sandbox.tokens.issue(PROVIDER.component_appid, 'component');
}

test('a refresh token buys an authorizer token and normally stays the same', async () => {
	const { data } = await requestAuthorizerToken(sandbox);
	expect(data).toEqual({
		authorizer_access_token: expect.stringMatching(/^sandbox-token-[0-9a-f]{128}$/),
		expires_in: 7200,
		authorizer_refresh_token: CUSTOMER_A.authorizer_refresh_token,
	});
	expect(await judgeToken(sandbox, data.authorizer_access_token)).toBeUndefined();
	const again = await requestAuthorizerToken(sandbox);
	expect(again.data.authorizer_access_token).not.toBe(data.authorizer_access_token);
	expect(await judgeToken(sandbox, data.authorizer_access_token)).toBeUndefined();
});

test('a refresh token that changes: the new one is to be used, the old one is refused', async () => {
	const first = (await requestAuthorizerToken(sandbox, CUSTOMER_B)).data;
	expect(first.authorizer_refresh_token).toMatch(/^sandbox-refresh-[0-9a-f]{64}$/);
	await expectCode(requestAuthorizerToken(sandbox, CUSTOMER_B), 61023, 'refresh_token is invalid');

	const { authorizer_refresh_token } = first;
	const next = { ...CUSTOMER_B, authorizer_refresh_token };
	const second = (await requestAuthorizerToken(sandbox, next)).data;
	expect(await judgeToken(sandbox, second.authorizer_access_token)).toBeUndefined();
	await expectCode(requestAuthorizerToken(sandbox, next), 61023, 'refresh_token is invalid');
	expect(second.authorizer_refresh_token).not.toBe(authorizer_refresh_token);
});

test.each([
	['component_access_token'],
	['access_token'],
	['component_access_token', 'access_token'],
])('the component token may come as %s %s', async (...keys) => {
	const token = issueComponentToken();
	const query = Object.fromEntries(keys.map((key) => [key, token]));
	const { data } = await requestAuthorizerToken(sandbox, {}, query);
	expect(data).toHaveProperty('authorizer_access_token');
});

test('41001: no component token in the query, even when the body holds one', async () => {
	const change = { component_access_token: issueComponentToken() };
	await expectCode(requestAuthorizerToken(sandbox, change, {}), 41001, 'access_token missing');
});

test('40014, 40001, 42001: a component token that is unknown, not the latest, or over', async () => {
	const request = (access_token: string) => requestAuthorizerToken(sandbox, {}, { access_token });
	const [refused, ended] = [issueComponentToken(), issueComponentToken()];
	sandbox.tokens.revoke(refused);
	sandbox.tokens.expire(ended);
	await expectCode(request('sandbox-token-unknown'), 40014, 'invalid access_token');
	await expectCode(request(refused), 40001, 'invalid credential');
	await expectCode(request(ended), 42001, 'access_token expired');
});

test.each([
	['access', SHOP.appid],
	['authorizer', CUSTOMER_A.authorizer_appid],
] as const)('61014: a token of the kind "%s"', async (kind, appId) => {
	const query = { component_access_token: sandbox.tokens.issue(appId, kind) };
	const text = 'must use component token';
	await expectCode(requestAuthorizerToken(sandbox, {}, query), 61014, text);
});

test.each([
	[41018, { component_appid: undefined }, 'component_appid missing'],
	[61011, { component_appid: 'wx-sandbox-provider-office' }, 'invalid component'],
	[41002, { authorizer_appid: undefined }, 'appid missing'],
	[40013, { authorizer_appid: 'wx-nobody' }, 'invalid appid'],
	[61003, { authorizer_appid: 'wx-sandbox-customer-c' }, 'not authorized by this account'],
	[61003, { authorizer_appid: SHOP.appid }, 'not authorized by this account'],
	[61023, { authorizer_refresh_token: undefined }, 'refresh_token is invalid'],
	[61023, { authorizer_refresh_token: 'refresh-dummy' }, 'refresh_token is invalid'],
	[61023, { authorizer_appid: 'wx-sandbox-customer-b' }, 'refresh_token is invalid'],
])('%i: an authorizer token request with %j', async (errcode, change, text) => {
	await expectCode(requestAuthorizerToken(sandbox, change), errcode, text);
});

test.each([
	[43002, { method: 'GET' }],
	[44002, { body: undefined }],
	[47001, { body: 'component_appid=wx-sandbox-provider' }],
])('%i: an authorizer token request made with %j', async (errcode, request) => {
	const query = { access_token: issueComponentToken() };
	await expectCode(call(sandbox, PATH, { query, body: {}, ...request }), errcode, '');
});

test("the log names the component or the authorizer, never a token, whatever is typed in a field's place", async () => {
	const before = sandbox.log.length;
	const { component_access_token } = (await requestComponentToken(sandbox)).data;
	const query = { component_access_token };
	await requestComponentToken(sandbox, { component_appid: 'sandbox-dummy-component' });
	await requestComponentToken(sandbox, { component_verify_ticket: 'dummy-typed-wrongly' });
	await requestAuthorizerToken(sandbox, CUSTOMER_A, query);
	await requestAuthorizerToken(sandbox, { authorizer_refresh_token: 'dummy' }, query);
	await requestAuthorizerToken(sandbox, { authorizer_appid: component_access_token }, query);

	const component = { method: 'POST', path: '/cgi-bin/component/api_component_token' };
	const authorizer = { method: 'POST', path: PATH };
	const entries = sandbox.log.slice(before);
	expect(entries).toEqual([
		{ ...component, appId: PROVIDER.component_appid, errcode: 0 },
		{ ...component, errcode: 61011 },
		{ ...component, appId: PROVIDER.component_appid, errcode: 61006 },
		{ ...authorizer, appId: CUSTOMER_A.authorizer_appid, errcode: 0 },
		{ ...authorizer, appId: CUSTOMER_A.authorizer_appid, errcode: 61023 },
		{ ...authorizer, appId: PROVIDER.component_appid, errcode: 40013 },
	]);
	expect(JSON.stringify(entries)).not.toMatch(/sandbox-token|sandbox-refresh|dummy/);
});
