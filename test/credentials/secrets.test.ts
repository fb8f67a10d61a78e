import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { makeRows } from '../engine/counting';
import { testCredential } from '../engine/core/credentialTest';
import { CREDENTIAL_ID, runInvoke, storeOf } from '../engine/invokeWorkflow';
import { PROVIDER, SHOP_APP } from '../engine/accounts';
import {
	startScriptedServer,
	type ScriptedRequest,
	type ScriptedServer,
} from '../engine/scriptedServer';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let server: ScriptedServer;
/** The path that refuses, and says all that it was sent. */
let echoing: string;
afterEach(async () => await server.close());

const CUSTOMER = {
	...PROVIDER,
	mode: 'authorizerAccessToken',
	authorizerAppId: 'wx-example-customer',
	authorizerRefreshToken: 'example-dummy-typed-refresh',
};
const APP = '/cgi-bin/stable_token';
const COMPONENT = '/cgi-bin/component/api_component_token';
const CUSTOMER_PATH = '/cgi-bin/component/api_authorizer_token';
const INVOKE = '/tcb/invokecloudfunction';
const SERVER = '/tokens';

let count: number;
beforeEach(async () => {
	count = 0;
	const echo = (request: ScriptedRequest) => {
		const { query, body, authorization } = request;
		const heard = [query, body, authorization].map((part) => JSON.stringify(part)).join(' and ');
		return { body: { errcode: 40097, errmsg: `will not do: ${heard.replaceAll('"', "'")}` } };
	};
	const answer = (fields: () => object) => (request: ScriptedRequest) =>
		request.path === echoing ? echo(request) : { body: { expires_in: 7200, ...fields() } };
	server = await startScriptedServer({
		[APP]: answer(() => ({ access_token: `example-dummy-app-${count++}` })),
		[COMPONENT]: answer(() => ({ component_access_token: `example-dummy-own-${count++}` })),
		[CUSTOMER_PATH]: answer(() => ({
			authorizer_access_token: `example-dummy-customer-${count++}`,
			authorizer_refresh_token: `example-dummy-renewed-refresh-${count++}`,
		})),
		[SERVER]: answer(() => ({ access_token: `example-dummy-served-${count++}` })),
		[INVOKE]: answer(() => ({ errcode: 0, errmsg: 'ok', resp_data: '"done"' })),
	});
});

const fromServer = (): ICredentialDataDecryptedObject => ({
	source: 'tokenServer',
	tokenServerUrl: `${server.url}${SERVER}?key=example-dummy-url-key`,
	tokenServerAuthorization: 'Bearer example-dummy-bearer',
	responseField: 'access_token',
});

test.each<[string, () => ICredentialDataDecryptedObject]>([
	[APP, () => SHOP_APP],
	[INVOKE, () => SHOP_APP],
	[COMPONENT, () => CUSTOMER],
	[CUSTOMER_PATH, () => CUSTOMER],
	[INVOKE, () => CUSTOMER],
	[SERVER, fromServer],
	[INVOKE, fromServer],
])(
	'what %s was sent is not in what a failure says, however often it fails',
	async (path, fields) => {
		const store = storeOf(server.url, fields());
		echoing = path;
		const texts: string[] = [];
		for (const emptied of ['', '', 'accessToken', 'componentAccessToken']) {
			store.set(CREDENTIAL_ID, { ...store.get(CREDENTIAL_ID), [emptied]: '' });
			const { error } = await runInvoke({ store, rows: makeRows(1) });
			texts.push(JSON.stringify(error[0].error), await testCredential(store));
		}
		expect(texts[0]).toContain('40097');
		expect(texts.join('\n')).not.toMatch(/dummy/);
	},
);

test('the service provider’s token that this process remembers is not in what a failure says', async () => {
	const store = storeOf(server.url, CUSTOMER);
	echoing = '';
	expect((await runInvoke({ store, rows: makeRows(1) })).success).toHaveLength(1);
	// Another customer of the same service provider: only the process knows the provider's token.
	const other = storeOf(server.url, { ...CUSTOMER, authorizerAppId: 'wx-example-other' });
	echoing = CUSTOMER_PATH;
	const { error } = await runInvoke({ store: other, rows: makeRows(1) });
	expect(error[0].error.errcode).toBe(40097);
	expect(JSON.stringify(error)).not.toMatch(/dummy/);
});

test('a value that n8n quotes where it can’t read the credential is not in the failure', async () => {
	const store = storeOf(server.url);
	const message = 'Unexpected token \'e\', "example-dummy-secret" is not valid JSON';
	store.get = () => {
		throw new SyntaxError(message);
	};
	const { error } = await runInvoke({ store, rows: makeRows(1) });
	expect(error[0].error).toMatchObject({
		category: 'credential-invalid',
		mayHaveRun: false,
		hint: 'n8n says: Unexpected token \'e\', "…" is not valid JSON',
	});
});
