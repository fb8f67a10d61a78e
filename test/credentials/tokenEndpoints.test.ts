import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { makeRows } from '../engine/counting';
import { testCredential } from '../engine/core/credentialTest';
import { runInvoke, storeOf } from '../engine/invokeWorkflow';
import { PROVIDER, SHOP_APP } from '../engine/accounts';
import {
	startScriptedServer,
	type ScriptedAnswer,
	type Script,
	type ScriptedServer,
} from '../engine/scriptedServer';

// No jitter: a retry waits for nothing but what it is told to wait for.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let server: ScriptedServer;
afterEach(async () => await server.close());

const APP = '/cgi-bin/stable_token';
const COMPONENT = '/cgi-bin/component/api_component_token';
const CUSTOMER_PATH = '/cgi-bin/component/api_authorizer_token';
const SERVER = '/tokens';
let counter = 0;
const FINE: Script = {
	[APP]: { body: { access_token: 'example-dummy-app', expires_in: 7200 } },
	[COMPONENT]: () => ({
		body: { component_access_token: `example-dummy-own-${counter++}`, expires_in: 7200 },
	}),
	[CUSTOMER_PATH]: {
		body: { authorizer_access_token: 'example-dummy-customer', expires_in: 7200 },
	},
	[SERVER]: { body: { access_token: 'example-dummy-served', expires_in: 7200 } },
	'/tcb/invokecloudfunction': { body: { errcode: 0, errmsg: 'ok', resp_data: '"done"' } },
	'/cgi-bin/get_api_domain_ip': { body: { ip_list: [] } },
};
const CUSTOMER = {
	...PROVIDER,
	mode: 'authorizerAccessToken',
	authorizerAppId: 'wx-example-customer',
	authorizerRefreshToken: 'example-dummy-refresh',
};

/** The path where the token of a source is asked for, and the credential's fields. */
const SOURCES: Array<[string, (url: string) => ICredentialDataDecryptedObject]> = [
	[APP, () => SHOP_APP],
	[COMPONENT, () => ({ ...PROVIDER, mode: 'componentAccessToken' })],
	[COMPONENT, () => CUSTOMER],
	[CUSTOMER_PATH, () => CUSTOMER],
	[SERVER, (url) => ({ source: 'tokenServer', tokenServerUrl: url + SERVER })],
];

async function open(
	path: string,
	answers: ScriptedAnswer[],
	fields: (url: string) => ICredentialDataDecryptedObject,
) {
	server = await startScriptedServer(FINE, { [path]: answers });
	return storeOf(server.url, { responseField: 'access_token', ...fields(server.url) });
}

const ONCE: Array<[string, ScriptedAnswer]> = [
	['HTTP 502', { status: 502, body: '<html>Bad Gateway</html>' }],
	['HTTP 503 with nothing', { status: 503, body: '' }],
	['HTTP 408', { status: 408, body: 'Request Timeout' }],
	['HTTP 429', { status: 429, headers: { 'Retry-After': '1' }, body: 'Too Many Requests' }],
	['a connection that breaks', { resets: true }],
	['errcode -1', { body: { errcode: -1, errmsg: 'system error' } }],
];

describe.each(SOURCES)('%s, asked with %p', (path, fields) => {
	test.each(ONCE)('%s, once: asked again, and no item fails', async (_, answer) => {
		const store = await open(path, [answer], fields);
		const { success, error } = await runInvoke({ store, rows: makeRows(4) });
		expect(error).toEqual([]);
		expect(success).toHaveLength(4);
		expect(server.count(path)).toBe(2);
	});

	test('down for good: to be tried later, and the next execution finds it up again', async () => {
		const down = { status: 502, body: '<html>Bad Gateway</html>' };
		const store = await open(path, [down, down, down], fields);
		const options = { maxTries: 1 };
		const { error } = await runInvoke({ store, rows: makeRows(1), parameters: { options } });
		expect(error[0].error).toMatchObject({
			category: 'temporarily-unavailable',
			retryable: true,
			mayHaveRun: false,
			attempts: 0,
		});
		expect(server.count(path)).toBe(3);
		expect((await runInvoke({ store, rows: makeRows(1) })).success).toHaveLength(1);
	});

	test('down for good: the Test tells it, and speaks of no item', async () => {
		const down = { status: 502, body: '<html>Bad Gateway</html>' };
		const store = await open(path, [down, down, down], fields);
		const message = await testCredential(store);
		expect(message).toContain('HTTP 502');
		expect(message).not.toContain('item');
	});
});

test('a wait that the server asks for and nobody would wait is left to the user', async () => {
	const busy = { status: 429, headers: { 'Retry-After': '3600' }, body: '' };
	const store = await open(APP, [busy], () => SHOP_APP);
	const { error } = await runInvoke({ store, rows: makeRows(1) });
	expect(error[0].error).toMatchObject({ retryable: true, mayHaveRun: false });
	expect(server.count(APP)).toBe(1);
});

test("WeChat's limit by the minute is not met by asking again at once", async () => {
	const busy = { body: { errcode: 45011, errmsg: 'api minute-quota reach limit' } };
	const store = await open(APP, [busy], () => SHOP_APP);
	await testCredential(store);
	expect(server.count(APP)).toBe(1);
});

test.each([40001, 40014, 41001, 41021, 42001, 42006, '42006'])(
	"the service provider's token, refused with %p: renewed once, and the customer's asked for again",
	async (errcode) => {
		const refusal = { body: { errcode, errmsg: 'component_access_token expired' } };
		const store = await open(CUSTOMER_PATH, [refusal], () => CUSTOMER);
		const { success, error } = await runInvoke({ store, rows: makeRows(3) });
		expect(error).toEqual([]);
		expect(success).toHaveLength(3);
		expect([server.count(COMPONENT), server.count(CUSTOMER_PATH)]).toEqual([2, 2]);
	},
);

test("the service provider's token, refused again and again: no loop", async () => {
	const refusal = { body: { errcode: 42006, errmsg: 'component_access_token expired' } };
	const store = await open(CUSTOMER_PATH, [refusal, refusal, refusal], () => CUSTOMER);
	const { error } = await runInvoke({ store, rows: makeRows(1) });
	expect(error[0].error).toMatchObject({ errcode: 42006, mayHaveRun: false });
	expect(server.count(CUSTOMER_PATH)).toBe(2);
});
