import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { createTokenStore } from '../../../sandbox/tokens/tokenStore';
import { call, expectCode, judgeToken, PROVIDER, requestComponentToken, RID } from '../client';

const LIFETIME_MS = 7_200_000;

let sandbox: Sandbox;
let clock = Date.UTC(2025, 2, 1);

beforeAll(async () => {
	sandbox = await startSandbox({ now: () => clock });
});

afterAll(async () => {
	await sandbox.close();
});

test('the ticket buys a component token, which says how long it is good', async () => {
	const { data } = await requestComponentToken(sandbox);
	expect(data).toEqual({ component_access_token: expect.any(String), expires_in: 7200 });
	expect(data.component_access_token).toMatch(/^sandbox-token-[0-9a-f]{128}$/);
	expect(await judgeToken(sandbox, data.component_access_token)).toBeUndefined();
});

test('a new token says its full time, although the clock moves on while it is handed out', () => {
	let ticking = 0;
	const tokens = createTokenStore(7200, () => ticking++);
	const token = tokens.create({ kind: 'component', appId: PROVIDER.component_appid });
	expect(tokens.countSecondsLeft(token)).toBe(7200);
});

test('each request gives a new token; the one before it stays good until its own end', async () => {
	const first = (await requestComponentToken(sandbox)).data.component_access_token;
	clock += 1;
	const second = (await requestComponentToken(sandbox)).data.component_access_token;
	expect(second).not.toBe(first);
	expect(await judgeToken(sandbox, first)).toBeUndefined();
	clock += LIFETIME_MS - 1;
	expect(await judgeToken(sandbox, first)).toBe(42001);
	expect(await judgeToken(sandbox, second)).toBeUndefined();
});

test.each([
	[41018, { component_appid: undefined }, 'component_appid missing'],
	[41004, { component_appsecret: undefined }, 'appsecret missing'],
	[61011, { component_appid: 'wx-nobody' }, 'invalid component'],
	[61011, { component_appid: 'wx-sandbox-shop' }, 'invalid component'],
	[40125, { component_appsecret: 'wrong-dummy' }, 'invalid appsecret'],
	[61006, { component_verify_ticket: undefined }, 'component ticket is invalid'],
	[61006, { component_verify_ticket: 'ticket-dummy' }, 'component ticket is invalid'],
	[61006, { component_verify_ticket: 'sandbox-dummy-ticket-office' }, 'ticket is invalid'],
	[61005, { component_verify_ticket: 'sandbox-dummy-ticket-old' }, 'component ticket is expired'],
])('%i: a component token request with %j', async (errcode, change, text) => {
	await expectCode(requestComponentToken(sandbox, change), errcode, text);
});

test('61004: a caller whose address is not registered learns it', async () => {
	const { data } = await requestComponentToken(sandbox, {
		component_appid: 'wx-sandbox-provider-office',
		component_appsecret: 'sandbox-dummy-component-office',
		component_verify_ticket: 'sandbox-dummy-ticket-office',
	});
	expect(data.errcode).toBe(61004);
	const text = 'access clientip is not registered requestIP: 127.0.0.1';
	expect(data.errmsg.replace(RID, '')).toBe(text);
});

test.each([
	[43002, { method: 'GET' }],
	[44002, { body: undefined }],
	[47001, { body: 'component_appid=wx-sandbox-provider' }],
])('%i: a component token request made with %j', async (errcode, request) => {
	const path = '/cgi-bin/component/api_component_token';
	await expectCode(call(sandbox, path, { body: PROVIDER, ...request }), errcode, '');
});
