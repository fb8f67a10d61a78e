import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { makeRows } from '../../engine/counting';
import { CREDENTIAL_ID, runInvoke, storeOf } from '../../engine/invokeWorkflow';
import { startScriptedServer } from '../../engine/scriptedServer';

const STABLE_PATH = '/cgi-bin/stable_token';
const INVOKE = '/tcb/invokecloudfunction';
const grant = (token: string) => ({ body: { access_token: token, expires_in: 7200 } });
const DONE = { body: { errcode: 0, errmsg: 'ok', resp_data: '"done"' } };
const REFUSED = { body: { errcode: 42001, errmsg: 'access_token expired' } };

test('a credential edited to another host in the middle of a run: each host sees its own token only', async () => {
	const before = await startScriptedServer(
		{ [STABLE_PATH]: grant('example-dummy-before'), [INVOKE]: DONE },
		{ [INVOKE]: [DONE, REFUSED, DONE] },
	);
	const after = await startScriptedServer({
		[STABLE_PATH]: grant('example-dummy-after'),
		[INVOKE]: DONE,
	});
	const store = storeOf(before.url);
	await runInvoke({ store, rows: makeRows(1) });
	const stored = store.get(CREDENTIAL_ID) as ICredentialDataDecryptedObject;
	const reads = [stored];
	store.get = () => reads.pop() ?? { ...stored, customApiHost: after.url };
	const { success, error } = await runInvoke({
		store,
		rows: makeRows(20),
		parameters: { options: { concurrency: 3, requestsPerSecond: 100 } },
	});
	expect(error).toEqual([]);
	expect(success).toHaveLength(20);
	const sent = (server: typeof before) => [
		...new Set(
			server.requests.filter(({ path }) => path === INVOKE).map(({ query }) => query.access_token),
		),
	];
	expect(sent(before)).toEqual(['example-dummy-before']);
	expect(sent(after)).toEqual(['example-dummy-after']);
	await Promise.all([before.close(), after.close()]);
});

test('a credential that can’t be read again in the middle of a run: what was read before counts', async () => {
	const server = await startScriptedServer(
		{ [STABLE_PATH]: grant('example-dummy-second'), [INVOKE]: DONE },
		{ [STABLE_PATH]: [grant('example-dummy-first')], [INVOKE]: [DONE, REFUSED] },
	);
	const store = storeOf(server.url);
	await runInvoke({ store, rows: makeRows(1) });
	const reads = [store.get(CREDENTIAL_ID)];
	store.get = () => reads.pop();
	const { success, error } = await runInvoke({ store, rows: makeRows(3) });
	expect(error).toEqual([]);
	expect(success).toHaveLength(3);
	await server.close();
});

test('where n8n mocks all requests, as its evaluations do, no item fails for want of a token', async () => {
	const urls: string[] = [];
	const store = storeOf('http://127.0.0.1:1', { appId: '<app-id>', appSecret: '<app-secret>' });
	const { success, error } = await runInvoke({
		store,
		rows: makeRows(3),
		prepared: {
			evalLlmMockHandler: async ({ url }) => {
				urls.push(String(url));
				return { ...DONE, headers: {}, statusCode: 200 };
			},
		},
	});
	expect(error).toEqual([]);
	expect(success).toEqual([{ result: 'done' }, { result: 'done' }, { result: 'done' }]);
	expect(urls.filter((url) => url.endsWith(INVOKE))).toHaveLength(3);
	expect(urls).toHaveLength(4);
});
