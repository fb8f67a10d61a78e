import {
	shareFunctionRunner,
	startSandbox,
	type FunctionRunner,
	type Sandbox,
} from '../../engine/sandbox';
import {
	askAsComponent,
	call,
	expectCode,
	PROVIDER,
	readResult,
	requestAuthorizerToken,
	SHOP,
} from '../client';
import { openPush, startReceiver, type Receiver } from './receiver';

const CODE_LIFETIME_MS = 3_600_000;
const COMPONENT = PROVIDER.component_appid;
const CUSTOMER = 'wx-sandbox-customer-1';

let runner: FunctionRunner;
let sandbox: Sandbox;
let receiver: Receiver;
let clock: number;

beforeAll(async () => {
	runner = await shareFunctionRunner();
});

afterAll(async () => {
	await runner.stop();
});

beforeEach(async () => {
	clock = Date.UTC(2025, 2, 1);
	sandbox = await startSandbox({ runner, now: () => clock });
	receiver = await startReceiver();
	sandbox.pushes.setEventUrl(COMPONENT, receiver.url);
});

afterEach(async () => {
	await Promise.all([sandbox.close(), receiver.close()]);
});

/** The last push, opened. */
function readLastPush(): Record<string, string> {
	const push = receiver.received.at(-1);
	if (!push) throw new Error('Nothing was pushed.');
	return openPush(push);
}

async function queryAuth(authorization_code: string) {
	return await askAsComponent(sandbox, 'api_query_auth', { authorization_code });
}

async function listAuthorizers(page: Record<string, unknown>) {
	return await askAsComponent(sandbox, 'api_get_authorizer_list', page);
}

async function invokeEcho(access_token: string, env: string) {
	const query = { access_token, env, name: 'echo' };
	return await call(sandbox, '/tcb/invokecloudfunction', { query, body: {} });
}

test('a new customer: its code buys tokens with which its own functions run, for it', async () => {
	await sandbox.pushes.authorize(COMPONENT);
	const { AuthorizationCode, PreAuthCode, ...push } = readLastPush();
	expect(push).toEqual({
		AppId: COMPONENT,
		CreateTime: String(clock / 1000),
		InfoType: 'authorized',
		AuthorizerAppid: CUSTOMER,
		AuthorizationCodeExpiredTime: String((clock + CODE_LIFETIME_MS) / 1000),
	});
	expect(PreAuthCode).not.toBe('');

	const { authorization_info: info } = (await queryAuth(AuthorizationCode)).data;
	expect(info).toEqual({
		authorizer_appid: CUSTOMER,
		authorizer_access_token: expect.stringMatching(/^sandbox-token-/),
		expires_in: 7200,
		authorizer_refresh_token: expect.stringMatching(/^sandbox-refresh-/),
		func_info: expect.arrayContaining([{ funcscope_category: { id: 49 } }]),
	});
	const answer = await invokeEcho(info.authorizer_access_token, 'customer-1-demo');
	expect(readResult(answer)).toEqual({ userInfo: { appId: CUSTOMER } });
	const other = invokeEcho(info.authorizer_access_token, 'customer-2-demo');
	await expectCode(other, -501005, 'invalid env');

	const { authorizer_appid, authorizer_refresh_token } = info;
	const renewed = await requestAuthorizerToken(sandbox, {
		authorizer_appid,
		authorizer_refresh_token,
	});
	expect(renewed.data).toMatchObject({ authorizer_refresh_token });
});

test('61010: a code is good once, for an hour, and for the component it was pushed to', async () => {
	await sandbox.pushes.authorize(COMPONENT);
	const once = readLastPush().AuthorizationCode;
	await sandbox.pushes.authorize(COMPONENT);
	const late = readLastPush().AuthorizationCode;
	const office = { component_appid: 'wx-sandbox-provider-office', authorization_code: once };
	const component_access_token = sandbox.tokens.issue(office.component_appid, 'component');
	const asOffice = askAsComponent(sandbox, 'api_query_auth', office, {
		query: { component_access_token },
	});
	await expectCode(asOffice, 61010, 'code is expired');
	expect((await queryAuth(once)).data).toHaveProperty('authorization_info');
	await expectCode(queryAuth(once), 61010, 'code is expired');
	await expectCode(queryAuth('queryauthcode-dummy'), 61010, 'code is expired');
	clock += CODE_LIFETIME_MS;
	await expectCode(queryAuth(late), 61010, 'code is expired');
});

test('authorizing anew gives another refresh token and ends the one before', async () => {
	await sandbox.pushes.authorize(COMPONENT);
	const before = (await queryAuth(readLastPush().AuthorizationCode)).data.authorization_info;
	await sandbox.pushes.updateAuthorization(COMPONENT, CUSTOMER);
	expect(readLastPush().InfoType).toBe('updateauthorized');
	const after = (await queryAuth(readLastPush().AuthorizationCode)).data.authorization_info;
	expect(after.authorizer_refresh_token).not.toBe(before.authorizer_refresh_token);
	const { authorizer_appid, authorizer_refresh_token } = before;
	const request = { authorizer_appid, authorizer_refresh_token };
	await expectCode(requestAuthorizerToken(sandbox, request), 61023, 'refresh_token is invalid');
});

test('a customer that cancels is gone: from the list, and no token is given for it', async () => {
	await sandbox.pushes.cancelAuthorization(COMPONENT, 'wx-sandbox-customer-a');
	expect(readLastPush()).toEqual({
		AppId: COMPONENT,
		CreateTime: String(clock / 1000),
		InfoType: 'unauthorized',
		AuthorizerAppid: 'wx-sandbox-customer-a',
	});
	await expectCode(requestAuthorizerToken(sandbox), 61003, 'not authorized by this account');
	const { data } = await listAuthorizers({ offset: 0, count: 500 });
	expect(data.total_count).toBe(1);
});

test('the list has all who have authorized, page by page, with their refresh tokens', async () => {
	clock += 60_000;
	const authorizer_appid = (await sandbox.pushes.authorize(COMPONENT)).appId;
	const { data } = await listAuthorizers({ offset: 1, count: 500 });
	expect(data).toEqual({
		total_count: 3,
		list: [
			expect.objectContaining({ authorizer_appid: 'wx-sandbox-customer-b' }),
			{
				authorizer_appid,
				refresh_token: expect.stringMatching(/^sandbox-refresh-/),
				auth_time: clock / 1000,
			},
		],
	});
	const [{ refresh_token }] = (await listAuthorizers({ offset: 2, count: 1 })).data.list;
	const request = { authorizer_appid, authorizer_refresh_token: refresh_token };
	expect((await requestAuthorizerToken(sandbox, request)).data).toHaveProperty('expires_in');
});

test.each([
	[40101, { offset: 0 }],
	[40101, { count: 1 }],
	[40097, { offset: 0, count: 501 }],
	[40097, { offset: -1, count: 1 }],
	[40097, { offset: '0', count: 1 }],
])('%i: a list request with %j', async (errcode, page) => {
	await expectCode(listAuthorizers(page), errcode, '');
});

describe.each(['api_query_auth', 'api_get_authorizer_list'])('%s', (name) => {
	test.each([
		[43002, { method: 'GET' }],
		[41001, { query: {} }],
		[40014, { query: { access_token: 'sandbox-token-unknown' } }],
		[44002, { body: undefined }],
		[47001, { body: 'component_appid=wx-sandbox-provider' }],
		[41018, { body: {} }],
		[61011, { body: { component_appid: 'wx-sandbox-provider-office' } }],
	])('%i: a request made with %j', async (errcode, request) => {
		await expectCode(askAsComponent(sandbox, name, {}, request), errcode, '');
	});

	test('61014: a token of another kind', async () => {
		const access_token = sandbox.tokens.issue(SHOP.appid);
		const answer = askAsComponent(sandbox, name, {}, { query: { access_token } });
		await expectCode(answer, 61014, 'must use component token');
	});
});

describe('/sandbox/pushes', () => {
	const path = `/sandbox/pushes/${COMPONENT}`;

	test('an event URL can be set, seen and taken away from outside', async () => {
		const eventUrl = 'http://127.0.0.1:9/elsewhere';
		await call(sandbox, path, { method: 'PUT', body: { eventUrl } });
		const { data } = await call(sandbox, '/sandbox/pushes', { method: 'GET' });
		expect(data).toEqual({ [COMPONENT]: eventUrl });
		expect((await call(sandbox, path, { method: 'DELETE' })).data).toEqual({});
	});

	test('a hundred customers authorize at one request', async () => {
		const { data } = await call(sandbox, `${path}/authorized`, { body: { count: 100 } });
		expect(data.pushes).toHaveLength(100);
		expect(data.pushes.every((push: { answered: boolean }) => push.answered)).toBe(true);
		expect(JSON.stringify(data)).not.toContain('sandbox-dummy');
		const codes = receiver.received.map((push) => openPush(push).AuthorizationCode);
		expect(new Set(codes).size).toBe(100);
		expect((await listAuthorizers({ offset: 0, count: 500 })).data.total_count).toBe(102);
	});

	test.each([
		['component_verify_ticket', {}, COMPONENT],
		['authorized', { appId: 'wx-sandbox-customer-c' }, 'wx-sandbox-customer-c'],
		['updateauthorized', { appId: 'wx-sandbox-customer-a' }, 'wx-sandbox-customer-a'],
		['unauthorized', { appId: 'wx-sandbox-customer-a' }, 'wx-sandbox-customer-a'],
	])('%s is pushed on demand', async (infoType, body, appId) => {
		const { data } = await call(sandbox, `${path}/${infoType}`, { body });
		expect(data).toEqual({ pushes: [{ infoType, appId, answered: true, tries: 1, status: 200 }] });
		expect(readLastPush().InfoType).toBe(infoType);
	});

	test.each([
		[405, '/sandbox/pushes', {}],
		[405, path, {}],
		[405, `${path}/authorized`, { method: 'GET' }],
		[404, '/sandbox/pushes/wx-nobody/authorized', {}],
		[404, `${path}/authorised`, {}],
		[404, `${path}/authorized`, { body: { appId: 'wx-nobody' } }],
		[400, `${path}/authorized`, { body: 'not JSON' }],
		[400, `${path}/authorized`, { body: { count: 0 } }],
		[400, `${path}/authorized`, { body: { count: 1001 } }],
		[400, `${path}/updateauthorized`, {}],
		[400, `${path}/unauthorized`, {}],
		[400, path, { method: 'PUT', body: {} }],
		[400, path, { method: 'PUT', body: { eventUrl: 'ftp://127.0.0.1/' } }],
		[400, path, { method: 'PUT', body: { eventUrl: 'http://127.0.0.1/', ticketEveryMs: 0 } }],
	])('%i: %s with %j', async (status, address, request) => {
		const answer = await call(sandbox, address, request);
		expect(answer.status).toBe(status);
		expect(answer.data).toEqual({ error: expect.any(String) });
		expect(receiver.received).toEqual([]);
	});
});
