import type { Sandbox } from '../../engine/sandbox';
import {
	askAsComponent,
	call,
	expectCode,
	PROVIDER,
	readResult,
	requestAuthorizerToken,
} from '../client';
import { readLastPush, useReceiver, type Receiver } from './receiver';

const CODE_LIFETIME_MS = 3_600_000;
const COMPONENT = PROVIDER.component_appid;
const CUSTOMER = 'wx-sandbox-customer-1';

let sandbox: Sandbox;
let receiver: Receiver;
let clock: number;

useReceiver({ now: () => clock }, (...opened) => {
	[sandbox, receiver] = opened;
	clock = Date.UTC(2025, 2, 1);
});

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
	const { AuthorizationCode, PreAuthCode, ...push } = readLastPush(receiver);
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
	const once = readLastPush(receiver).AuthorizationCode;
	await sandbox.pushes.authorize(COMPONENT);
	const late = readLastPush(receiver).AuthorizationCode;
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
	const before = (await queryAuth(readLastPush(receiver).AuthorizationCode)).data
		.authorization_info;
	await sandbox.pushes.updateAuthorization(COMPONENT, CUSTOMER);
	expect(readLastPush(receiver).InfoType).toBe('updateauthorized');
	const after = (await queryAuth(readLastPush(receiver).AuthorizationCode)).data.authorization_info;
	expect(after.authorizer_refresh_token).not.toBe(before.authorizer_refresh_token);
	const { authorizer_appid, authorizer_refresh_token } = before;
	const request = { authorizer_appid, authorizer_refresh_token };
	await expectCode(requestAuthorizerToken(sandbox, request), 61023, 'refresh_token is invalid');
});

test('a customer that cancels is gone: from the list, and no token is given for it', async () => {
	await sandbox.pushes.cancelAuthorization(COMPONENT, 'wx-sandbox-customer-a');
	expect(readLastPush(receiver)).toEqual({
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
