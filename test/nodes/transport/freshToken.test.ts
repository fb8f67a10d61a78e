import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { FunctionRunner } from '../../../sandbox/runner/functionRunner';
import { startSandbox, useFreshSandbox, type Sandbox } from '../../engine/sandbox';
import { countInvocations, countTokenRequests, makeRows } from '../../engine/counting';
import { CREDENTIAL_ID, runInvoke, storeOf } from '../../engine/invokeWorkflow';
import { SHOP_APP } from '../../engine/accounts';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let runner: FunctionRunner;
let sandbox: Sandbox;
useFreshSandbox((fresh, shared) => {
	sandbox = fresh;
	runner = shared;
});

const once = { options: { maxTries: 1 } };
const tenAtATime = { options: { concurrency: 10 } };

test('40 items, ten at a time, with a token that dies at the 12th: 40 successes, one refresh', async () => {
	const store = storeOf(sandbox.url);
	sandbox.tokens.expireAfter(12);
	const { success, error } = await runInvoke({ store, rows: makeRows(40), parameters: tenAtATime });
	expect(error).toEqual([]);
	expect(success).toEqual(makeRows(40).map(({ reply }) => ({ result: reply })));
	expect(countTokenRequests(sandbox)).toBe(2);
});

test('30 items on an empty credential: one request', async () => {
	const store = storeOf(sandbox.url);
	const { success } = await runInvoke({ store, rows: makeRows(30), parameters: tenAtATime });
	expect(success).toHaveLength(30);
	expect(countTokenRequests(sandbox)).toBe(1);
	expect(countInvocations(sandbox)).toBe(30);
});

test('fifty executions at once in one process: one request', async () => {
	const runs = makeRows(50).map(
		async (row) => await runInvoke({ store: storeOf(sandbox.url), rows: [row] }),
	);
	const results = await Promise.all(runs);
	expect(results.flatMap(({ success }) => success)).toHaveLength(50);
	expect(countTokenRequests(sandbox)).toBe(1);
});

test('fifty executions at once that find the kept token dead: one request', async () => {
	const store = storeOf(sandbox.url);
	await runInvoke({ store, rows: makeRows(1) });
	sandbox.tokens.expireAll();
	const runs = makeRows(50).map(async (row) => await runInvoke({ store, rows: [row] }));
	const results = await Promise.all(runs);
	expect(results.flatMap(({ success }) => success)).toHaveLength(50);
	expect(countTokenRequests(sandbox)).toBe(2);
});

test.each([40001, 40014, 41001, 42001])(
	'%i: one refresh and one replay of that item',
	async (errcode) => {
		const rows = [{ reply: 'fine', sandbox: { errcode, times: 1 } }, { reply: 'other' }];
		const { success, error } = await runInvoke({ store: storeOf(sandbox.url), rows });
		expect(error).toEqual([]);
		expect(success).toEqual([{ result: 'fine' }, { result: 'other' }]);
		expect(countInvocations(sandbox)).toBe(3);
	},
);

test("a second refusal is the item's error", async () => {
	const rows = [{ sandbox: { errcode: 42001 } }];
	const { error } = await runInvoke({ store: storeOf(sandbox.url), rows });
	expect(error[0].error).toMatchObject({
		errcode: 42001,
		category: 'credential-invalid',
		attempts: 2,
		mayHaveRun: false,
		hint: expect.stringMatching(/^WeChat refused a new token as well\./),
	});
	expect(countInvocations(sandbox)).toBe(2);
});

test('a token that another worker has renewed meanwhile is used, and none is requested', async () => {
	const store = storeOf(sandbox.url);
	await runInvoke({ store, rows: makeRows(1) });
	const stored = store.get(CREDENTIAL_ID) as ICredentialDataDecryptedObject;
	sandbox.tokens.expire(String(stored.accessToken));
	const before = countTokenRequests(sandbox);
	const renewed = sandbox.tokens.issue(SHOP_APP.appId);
	const reads = [stored];
	store.get = () => reads.pop() ?? { ...stored, accessToken: renewed };
	const { success } = await runInvoke({ store, rows: makeRows(3) });
	expect(success).toHaveLength(3);
	expect(countTokenRequests(sandbox)).toBe(before);
});

test('a refresh is forced only if WeChat hands out the very token it refuses, and not again within 30 s', async () => {
	const store = storeOf(sandbox.url);
	const token = () => String(store.get(CREDENTIAL_ID)?.accessToken);
	await runInvoke({ store, rows: makeRows(1) });
	const first = token();
	sandbox.tokens.revoke(first);
	const second = await runInvoke({ store, rows: makeRows(1) });
	expect(second.success).toHaveLength(1);
	expect(token()).not.toBe(first);
	expect(countTokenRequests(sandbox)).toBe(3);

	sandbox.tokens.revoke(token());
	const { error } = await runInvoke({ store, rows: makeRows(1), parameters: once });
	expect(error[0].error).toMatchObject({
		errcode: 40001,
		category: 'temporarily-unavailable',
		retryable: true,
		mayHaveRun: false,
	});
	expect(countTokenRequests(sandbox)).toBe(4);
});

test('a fixed token is never refreshed, and the hint says where to get a new one', async () => {
	const fixedToken = sandbox.tokens.issue(SHOP_APP.appId);
	sandbox.tokens.expire(fixedToken);
	const store = storeOf(sandbox.url, { source: 'fixed', fixedToken, ...SHOP_APP });
	const { error } = await runInvoke({ store, rows: makeRows(3) });
	expect(error).toHaveLength(3);
	expect(error[0].error).toMatchObject({ errcode: 42001, attempts: 1 });
	expect(error[0].error.hint).toMatch(/^Paste a new token into the credential/);
	expect(countTokenRequests(sandbox)).toBe(0);
	expect(countInvocations(sandbox)).toBe(3);
});

test('a token that cannot be had is asked for once, not for every item', async () => {
	const store = storeOf(sandbox.url, { ...SHOP_APP, appSecret: 'sandbox-dummy-wrong' });
	const { error } = await runInvoke({ store, rows: makeRows(30) });
	expect(error).toHaveLength(30);
	expect(countTokenRequests(sandbox)).toBe(1);
	expect(countInvocations(sandbox)).toBe(0);
});

describe('an edited credential never goes on with the old token', () => {
	const PLAIN_APP = { appId: 'wx-sandbox-plain', appSecret: 'sandbox-dummy-secret-plain' };

	test.each<[string, ICredentialDataDecryptedObject, number]>([
		['another App ID', PLAIN_APP, 85088],
		['another AppSecret', { appSecret: 'sandbox-dummy-wrong' }, 40125],
		['another source', { source: 'fixed', fixedToken: 'sandbox-dummy-unknown' }, 40014],
	])('%s', async (_, edit, errcode) => {
		const store = storeOf(sandbox.url);
		await runInvoke({ store, rows: makeRows(1) });
		store.set(CREDENTIAL_ID, { ...store.get(CREDENTIAL_ID), ...edit });
		const { error } = await runInvoke({ store, rows: makeRows(1) });
		expect(error[0].error.errcode).toBe(errcode);
	});

	test('another host', async () => {
		const store = storeOf(sandbox.url);
		await runInvoke({ store, rows: makeRows(1) });
		const other = await startSandbox({ runner });
		store.set(CREDENTIAL_ID, { ...store.get(CREDENTIAL_ID), customApiHost: other.url });
		const { success } = await runInvoke({ store, rows: makeRows(1) });
		await other.close();
		expect(success).toHaveLength(1);
		expect(countInvocations(other)).toBe(1);
		expect(countTokenRequests(other)).toBe(1);
	});
});
