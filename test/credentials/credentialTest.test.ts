import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { countTokenRequests, makeRows } from '../engine/counting';
import { testCredential } from '../engine/core/credentialTest';
import { useFreshSandbox, type Sandbox } from '../engine/sandbox';
import { CREDENTIAL_ID, runInvoke, storeOf } from '../engine/invokeWorkflow';
import { PROVIDER } from '../engine/accounts';
import { startScriptedServer } from '../engine/scriptedServer';

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const CUSTOMER: ICredentialDataDecryptedObject = {
	...PROVIDER,
	mode: 'authorizerAccessToken',
	authorizerAppId: 'wx-sandbox-customer-b',
	authorizerRefreshToken: 'sandbox-dummy-refresh-b',
};

test('the right settings: green, each time with a new request for a token', async () => {
	const store = storeOf(sandbox.url);
	for (const expected of [1, 2, 3]) {
		expect(await testCredential(store)).toBe('');
		expect(countTokenRequests(sandbox)).toBe(expected);
	}
});

test.each<[string, ICredentialDataDecryptedObject, string]>([
	['AppSecret', { appSecret: 'sandbox-dummy-wrong' }, 'The AppSecret is wrong'],
	['App ID', { appId: 'wx-sandbox-nobody' }, 'The App ID is wrong'],
	['App ID of another app', { appId: 'wx-sandbox-office' }, 'The AppSecret is wrong'],
	['host', { customApiHost: 'http://127.0.0.1:1' }, 'WeChat could not be reached for a token'],
	['mode', { mode: 'componentAccessToken' }, 'The credential holds no Component App ID'],
	['fixed token', { source: 'fixed', fixedToken: 'sandbox-dummy-no' }, 'WeChat refused the token'],
])('a wrong %s, put in after a green Test and an execution, is told', async (_, edit, message) => {
	const store = storeOf(sandbox.url);
	expect(await testCredential(store)).toBe('');
	await runInvoke({ store, rows: makeRows(1) });
	store.set(CREDENTIAL_ID, { ...store.get(CREDENTIAL_ID), ...edit });
	expect(await testCredential(store)).toContain(message);
	expect(await testCredential(store)).toContain(message);
	store.set(CREDENTIAL_ID, {
		...store.get(CREDENTIAL_ID),
		...storeOf(sandbox.url).get(CREDENTIAL_ID),
	});
	expect(await testCredential(store)).toBe('');
});

test.each<[string, ICredentialDataDecryptedObject, string]>([
	['AppSecret', { componentAppSecret: 'sandbox-dummy-wrong' }, 'AppSecret is wrong'],
	['ticket', { componentTicketSecret: 'sandbox-dummy-ticket-old' }, 'ticket has expired'],
	['customer', { authorizerAppId: 'wx-sandbox-customer-c' }, 'has not authorized'],
	['refresh token', { authorizerRefreshToken: 'sandbox-dummy-bad' }, 'refresh token is not valid'],
])(
	"a service provider's wrong %s, put in after a green Test, is told",
	async (_, edit, message) => {
		const store = storeOf(sandbox.url, CUSTOMER);
		expect(await testCredential(store)).toBe('');
		store.set(CREDENTIAL_ID, { ...store.get(CREDENTIAL_ID), ...edit });
		expect(await testCredential(store)).toContain(message);
	},
);

test('an address that has left the IP whitelist is told, whatever is kept', async () => {
	const token = { access_token: 'example-dummy-token', expires_in: 7200 };
	const refusal = { errcode: 40164, errmsg: 'invalid ip 203.0.113.7, not in whitelist' };
	let whitelisted = true;
	const server = await startScriptedServer({
		'/cgi-bin/stable_token': () => ({ body: whitelisted ? token : refusal }),
		'/cgi-bin/get_api_domain_ip': { body: { ip_list: [] } },
	});
	const store = storeOf(server.url);
	expect(await testCredential(store)).toBe('');
	whitelisted = false;
	expect(await testCredential(store)).toContain('IP whitelist (203.0.113.7)');
	await server.close();
});

test('the Test forces no refresh and ends no token that is in use', async () => {
	const store = storeOf(sandbox.url);
	await runInvoke({ store, rows: makeRows(1) });
	const { accessToken } = store.get(CREDENTIAL_ID) ?? {};
	for (let i = 0; i < 3; i++) expect(await testCredential(store)).toBe('');
	expect(store.get(CREDENTIAL_ID)?.accessToken).toBe(accessToken);
	const { success } = await runInvoke({ store, rows: makeRows(2) });
	expect(success).toHaveLength(2);
	expect(countTokenRequests(sandbox)).toBe(4);
});

test('a refresh token that WeChat replaces during the Test is the one used from then on', async () => {
	const store = storeOf(sandbox.url, CUSTOMER);
	for (let i = 0; i < 3; i++) expect(await testCredential(store)).toBe('');
	sandbox.tokens.expireAll();
	const parameters = { environment: 'customer-b-demo' };
	const { success } = await runInvoke({ store, rows: makeRows(1), parameters });
	expect(success).toHaveLength(1);
});
