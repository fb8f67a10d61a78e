import { startSandbox, type Sandbox } from '../../engine/sandbox';
import {
	askAsComponent,
	call,
	CUSTOMER_A,
	invoke,
	judgeToken,
	PROVIDER,
	requestAuthorizerToken,
	requestComponentToken,
	requestToken,
	SHOP,
} from '../client';

const SERVER_KEY = { authorization: 'Bearer sandbox-dummy-server-key' };
const CALLS: ReadonlyArray<readonly [name: string, path: string]> = [
	['stable_token', '/cgi-bin/stable_token'],
	['api_component_token', '/cgi-bin/component/api_component_token'],
	['api_authorizer_token', '/cgi-bin/component/api_authorizer_token'],
	['api_query_auth', '/cgi-bin/component/api_query_auth'],
	['api_get_authorizer_list', '/cgi-bin/component/api_get_authorizer_list'],
	['api_create_preauthcode', '/cgi-bin/component/api_create_preauthcode'],
	['api_start_push_ticket', '/cgi-bin/component/api_start_push_ticket'],
	['get_api_domain_ip', '/cgi-bin/get_api_domain_ip'],
	['invokecloudfunction', '/tcb/invokecloudfunction'],
	['adddelayedfunctiontask', '/tcb/adddelayedfunctiontask'],
	['getenvinfo', '/tcb/getenvinfo'],
	['listfunctions', '/tcb/listfunctions'],
	['describeenvs', '/componenttcb/describeenvs'],
	['getscflist', '/componenttcb/getscflist'],
	['uploadfile', '/tcb/uploadfile'],
	['uploadfile', '/componenttcb/uploadfile'],
	['batchdownloadfile', '/tcb/batchdownloadfile'],
	['token', '/token-server/token'],
	['nested', '/token-server/nested'],
];

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterEach(() => sandbox.faults.clear());

afterAll(async () => await sandbox.close());

test.each(CALLS)('%s: every request to %s fails as told, whatever it says', async (name, path) => {
	const fault = { errcode: 45009, errmsg: 'told', times: 1 };
	const put = await call(sandbox, `/sandbox/faults/${name}`, { method: 'PUT', body: fault });
	expect(put.data).toEqual({ [name]: fault });
	expect((await call(sandbox, path, { method: 'GET' })).data).toMatchObject({ errcode: 45009 });
	const after = await call(sandbox, path, { method: 'GET' });
	expect(after.data.errcode).not.toBe(45009);
});

test('a request for a token that something in front answers leaves the token as it is', async () => {
	sandbox.faults.set('api_authorizer_token', { errcode: -1, times: 1 });
	const authorizer = {
		authorizer_appid: 'wx-sandbox-customer-b',
		authorizer_refresh_token: 'sandbox-dummy-refresh-b',
	};
	expect((await requestAuthorizerToken(sandbox, authorizer)).data.errcode).toBe(-1);
	const { data } = await requestAuthorizerToken(sandbox, authorizer);
	expect(data.authorizer_refresh_token).toMatch(/^sandbox-refresh-/);
});

test('a token that is given out, in an answer that is lost, is good', async () => {
	sandbox.faults.set('stable_token', { reset: true, times: 1 });
	await expect(requestToken(sandbox, { appid: SHOP.appid })).rejects.toThrow();
	const [token] = sandbox.tokens.listAll().slice(-1);
	expect(await judgeToken(sandbox, token)).toBeUndefined();
});

test('an errcode may be text', async () => {
	sandbox.faults.set('stable_token', { errcode: 40164, set: { errcode: '40164' } });
	expect((await requestToken(sandbox)).data).toMatchObject({ errcode: '40164' });
});

test('a field of an answer may have another value, come with it, or be missing', async () => {
	sandbox.faults.set('api_component_token', { set: { expires_in: '7200', errcode: '0' } });
	expect((await requestComponentToken(sandbox)).data).toEqual({
		component_access_token: expect.stringMatching(/^sandbox-token-/),
		expires_in: '7200',
		errcode: '0',
	});
	sandbox.faults.set('api_component_token', { omit: ['component_access_token'] });
	expect((await requestComponentToken(sandbox)).data).toEqual({ expires_in: 7200 });
});

test('customers in a list may be without a refresh token, or with an empty one', async () => {
	const list = async () =>
		(await askAsComponent(sandbox, 'api_get_authorizer_list', { offset: 0, count: 1 })).data.list;
	const { authorizer_appid } = CUSTOMER_A;
	sandbox.faults.set('api_get_authorizer_list', { omit: ['refresh_token'] });
	expect(await list()).toEqual([{ authorizer_appid, auth_time: expect.any(Number) }]);
	sandbox.faults.set('api_get_authorizer_list', { set: { refresh_token: '' } });
	expect(await list()).toMatchObject([{ authorizer_appid, refresh_token: '' }]);
});

test("a token server's answer may be what WeChat told it", async () => {
	const body = '{"errcode":40164,"errmsg":"invalid ip 203.0.113.7, not in whitelist"}';
	sandbox.faults.set('token', { body });
	const answer = await call(sandbox, '/token-server/token', { method: 'GET', headers: SERVER_KEY });
	expect(answer.data).toEqual(JSON.parse(body));
});

test('an address and the function behind it have faults of their own, and the address goes first', async () => {
	sandbox.faults.set('invokecloudfunction', { errcode: 40164, times: 1 });
	sandbox.faults.set('echo', { errcode: -1, retryAfterSeconds: 3 });
	expect((await invoke(sandbox, 'echo', {})).data.errcode).toBe(40164);
	const { data, headers } = await invoke(sandbox, 'echo', {});
	expect(data.errcode).toBe(-1);
	expect(headers['retry-after']).toBe('3');
});

test('a pre-authorization code is for the component that asks', async () => {
	const { data } = await askAsComponent(sandbox, 'api_create_preauthcode', {});
	expect(data).toEqual({
		pre_auth_code: expect.stringMatching(/^preauthcode@@@/),
		expires_in: 1800,
	});
	const other = await askAsComponent(sandbox, 'api_create_preauthcode', {
		component_appid: `${PROVIDER.component_appid}-office`,
	});
	expect(other.data.errcode).toBe(61011);
});
