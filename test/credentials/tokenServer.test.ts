import type { Sandbox } from '../../sandbox/server';
import { countTokenRequests, makeRows } from '../engine/counting';
import { useFreshSandbox } from '../engine/sandbox';
import { CREDENTIAL_ID, runInvoke, storeOf } from '../engine/invokeWorkflow';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const storeFor = (path: string, fields: Record<string, string> = {}) =>
	storeOf(sandbox.url, {
		source: 'tokenServer',
		tokenServerUrl: `${sandbox.url}${path}`,
		tokenServerAuthorization: 'Bearer sandbox-dummy-server-key',
		...fields,
	});

test.each([
	['at the top', '/token-server/token', {}],
	['deeper in it', '/token-server/nested', { responseField: 'data.token' }],
])("the token stands in the server's answer %s", async (_, path, fields) => {
	const { success } = await runInvoke({ store: storeFor(path, fields), rows: makeRows(10) });
	expect(success).toHaveLength(10);
	expect(countTokenRequests(sandbox, path)).toBe(1);
});

test('a token that dies in the middle of a run is read from the server again', async () => {
	const store = storeFor('/token-server/token');
	sandbox.tokens.expireAfter(6);
	const { success } = await runInvoke({ store, rows: makeRows(20) });
	expect(success).toHaveLength(20);
	expect(countTokenRequests(sandbox, '/token-server/token')).toBe(2);
});

test('a server that hands out the refused token again: WeChat is not asked once more', async () => {
	const store = storeFor('/token-server/token');
	await runInvoke({ store, rows: makeRows(1) });
	const held = store.get(CREDENTIAL_ID)?.accessToken;
	const rows = [{ sandbox: { errcode: 40001 } }];
	const { error } = await runInvoke({ store, rows });
	expect(error[0].error).toMatchObject({ errcode: 40001, attempts: 1 });
	expect(error[0].error.message).toContain('was handed out again');
	expect(store.get(CREDENTIAL_ID)?.accessToken).toBe(held);
});

describe('a server that gives no token: which is said', () => {
	const bad = 'credential-invalid';
	const down = 'temporarily-unavailable';
	test.each([
		[
			'/token-server/token',
			{ tokenServerAuthorization: 'Bearer sandbox-dummy-bad' },
			bad,
			'refused the request (HTTP 401)',
		],
		['/token-server/html', {}, bad, 'answered HTML instead of JSON'],
		['/token-server/empty', {}, bad, 'holds no text at "access_token"'],
		['/token-server/token', { responseField: 'data.token' }, bad, 'holds no text at "data.token"'],
		['/token-server/broken', {}, down, 'answered HTTP 500'],
		[
			'/token-server/token',
			{ tokenServerUrl: 'http://127.0.0.1:1/' },
			down,
			'could not be reached',
		],
		[
			'/token-server/token',
			{ tokenServerUrl: 'tokens' },
			bad,
			'address in the credential is not a web address',
		],
		['/token-server/token', { tokenServerUrl: '' }, bad, 'holds no address of a token server'],
	])('%s with %j', async (path, fields, category, reason) => {
		const { error } = await runInvoke({ store: storeFor(path, fields), rows: makeRows(1) });
		expect(error[0].error).toMatchObject({ category, attempts: 0, mayHaveRun: false });
		expect(error[0].error.message).toContain(reason);
		expect(error[0].error.message).not.toContain(sandbox.url);
	});
});
