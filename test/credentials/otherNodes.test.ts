import { countTokenRequests, makeRows } from '../engine/counting';
import { requestWithCredential } from '../engine/core/credentialTest';
import { CREDENTIAL_ID, runInvoke, storeOf } from '../engine/invokeWorkflow';
import { startScriptedServer, type ScriptedServer } from '../engine/scriptedServer';
import { useFreshSandbox, type Sandbox } from '../engine/sandbox';
import { SHOP_APP } from '../engine/accounts';

afterEach(() => jest.restoreAllMocks());

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const PATH = '/cgi-bin/get_api_domain_ip';
/** What n8n's HTTP Request node sends with this credential. */
const ask = async (store: ReturnType<typeof storeOf>, host = sandbox.url) =>
	await requestWithCredential(store, { url: host + PATH, json: true });
const answered = { ip_list: expect.any(Array) };

test('on an empty credential a token is obtained, kept and used again', async () => {
	const store = storeOf(sandbox.url);
	expect(await ask(store)).toEqual(answered);
	expect(await ask(store)).toEqual(answered);
	expect(countTokenRequests(sandbox)).toBe(1);
	expect((await runInvoke({ store, rows: makeRows(1) })).success).toHaveLength(1);
	expect(countTokenRequests(sandbox)).toBe(1);
});

test('a kept token of another App ID is not sent: a new one is', async () => {
	const store = storeOf(sandbox.url);
	await ask(store);
	const plain = { appId: 'wx-sandbox-plain', appSecret: 'sandbox-dummy-secret-plain' };
	store.set(CREDENTIAL_ID, { ...store.get(CREDENTIAL_ID), ...plain });
	expect(await ask(store)).toEqual(answered);
	expect(sandbox.log.at(-1)).toMatchObject({ path: PATH, appId: plain.appId });
});

test('a kept token that is about to end is renewed before it is sent', async () => {
	const store = storeOf(sandbox.url);
	await ask(store);
	const fourMinutesBeforeItsEnd = Date.now() + 116 * 60_000;
	jest.spyOn(Date, 'now').mockReturnValue(fourMinutesBeforeItsEnd);
	expect(await ask(store)).toEqual(answered);
	expect(countTokenRequests(sandbox)).toBe(2);
	expect(Number(store.get(CREDENTIAL_ID)?.renewAt)).toBeGreaterThan(fourMinutesBeforeItsEnd);
});

test('where no token can be had, the reason is told and nothing is sent', async () => {
	const store = storeOf(sandbox.url);
	await ask(store);
	store.set(CREDENTIAL_ID, { ...store.get(CREDENTIAL_ID), appSecret: 'sandbox-dummy-wrong' });
	const before = sandbox.log.length;
	await expect(ask(store)).rejects.toThrow('The AppSecret is wrong');
	expect(sandbox.log.slice(before).map(({ path }) => path)).toEqual(['/cgi-bin/stable_token']);
});

test('rows of two customers in turn: each with its own token, obtained once', async () => {
	const store = storeOf(sandbox.url);
	const apps = [SHOP_APP, { appId: 'wx-sandbox-plain', appSecret: 'sandbox-dummy-secret-plain' }];
	for (let row = 0; row < 6; row++) {
		store.set(CREDENTIAL_ID, { ...store.get(CREDENTIAL_ID), ...apps[row % 2] });
		expect(await ask(store)).toEqual(answered);
	}
	const asked = sandbox.log.filter(({ path }) => path === PATH).map(({ appId }) => appId);
	expect(asked).toEqual([0, 1, 0, 1, 0, 1].map((index) => apps[index].appId));
	expect(countTokenRequests(sandbox)).toBe(2);
});

describe('no other host gets the token', () => {
	let stranger: ScriptedServer;
	beforeAll(async () => {
		stranger = await startScriptedServer({ [PATH]: { body: {} } });
	});
	afterAll(async () => await stranger.close());

	test.each([
		['obtained', {}],
		['fixed', { source: 'fixed', fixedToken: 'sandbox-dummy-fixed' }],
	])('%s', async (_, fields) => {
		const store = storeOf(sandbox.url);
		await ask(store);
		store.set(CREDENTIAL_ID, { ...store.get(CREDENTIAL_ID), ...fields });
		await expect(ask(store, stranger.url)).rejects.toThrow(
			`The token of this credential goes only to its API host, ${sandbox.url}. Nothing was sent.`,
		);
		expect(stranger.requests).toEqual([]);
	});

	test.each(['//', '/\\', 'http:\\\\'])('however its address is written: %s', async (start) => {
		const store = storeOf(sandbox.url);
		const url = start + stranger.url.slice('http://'.length) + PATH;
		await expectRefused(store, url);
	});

	test('nor where its address begins with the API host', async () => {
		const url = `${sandbox.url}@${stranger.url.slice('http://'.length)}${PATH}`;
		await expectRefused(storeOf(sandbox.url), url);
	});

	async function expectRefused(store: ReturnType<typeof storeOf>, url: string): Promise<void> {
		const request = requestWithCredential(store, { url, baseURL: sandbox.url, json: true });
		await expect(request).rejects.toThrow('goes only to its API host');
		expect(stranger.requests).toEqual([]);
	}
});
