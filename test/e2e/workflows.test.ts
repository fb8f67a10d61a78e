import { listItems, type Execution } from '../../n8n/execution';
import { startQueryDroppingProxy } from '../engine/proxy';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from './harness/realN8n';
import { buildWorkflows, INSTRUCTED } from './harness/workflows/branchWorkflows';
import { testSince, tokenOnly } from './harness/testSince';
import { SHOP_APP } from '../engine/accounts';

jest.setTimeout(TEST_TIMEOUT_MS);

const plainApp = { appId: 'wx-sandbox-plain', appSecret: 'sandbox-dummy-secret-plain' };

let real: RealN8n;
let executions: Map<string, Execution>;
let tokenRequests: number;
let proxy: Awaited<ReturnType<typeof startQueryDroppingProxy>>;

beforeAll(async () => {
	real = await openRealN8n();
	const { n8n, sandbox } = real;
	const expired = sandbox.tokens.issue(SHOP_APP.appId);
	sandbox.tokens.expireAll();
	const fixedToken = sandbox.tokens.issue(SHOP_APP.appId);
	proxy = await startQueryDroppingProxy(sandbox.url, 'name');
	const credential = (id: string, fields: object) => credentialOf(id, sandbox.url, { ...fields });
	await n8n.importCredentials([
		credential('shop', SHOP_APP),
		credential('plain', plainApp),
		credential('unknownToken', { source: 'fixed', fixedToken: 'sandbox-dummy-unknown' }),
		credential('expiredToken', { source: 'fixed', fixedToken: expired }),
		credential('goodToken', { source: 'fixed', fixedToken }),
		credential('proxy', { ...SHOP_APP, customApiHost: proxy.url }),
	]);
	const workflows = buildWorkflows();
	await n8n.importWorkflows(workflows);
	executions = await n8n.executeBatch(workflows.map(({ id }) => id).filter((id) => id !== 'stop1'));
	tokenRequests = sandbox.log.filter(
		({ path, appId }) => path === '/cgi-bin/stable_token' && appId === SHOP_APP.appId,
	).length;
}, OPEN_TIMEOUT_MS);

afterAll(async () => await Promise.all([real.close(), proxy.close()]));

function branches(workflowId: string) {
	const execution = executions.get(workflowId) as Execution;
	return { success: listItems(execution, 'Success'), error: listItems(execution, 'Error') };
}

test("behind each branch, $('Rows').item is the row that the item came from", () => {
	expect(branches('paired1')).toEqual({
		success: [{ row: 'two items' }, { row: 'two items' }, { row: 'one item' }],
		error: [{ row: 'failing' }],
	});
});

test.each([
	['unknownToken1', 40014],
	['expiredToken1', 42001],
	['plain1', 85088],
	['proxy1', 40101],
])('%s: %i on the error branch, for its real reason, after one try', (workflowId, errcode) => {
	expect(branches(workflowId)).toEqual({
		success: [],
		error: [
			{ id: 'one', error: expect.objectContaining({ errcode, attempts: 1, mayHaveRun: false }) },
		],
	});
});

test('41001 on the error branch, on instruction', () => {
	expect(branches('missingToken1')).toEqual({
		success: [],
		error: [expect.objectContaining({ error: expect.objectContaining({ errcode: 41001 }) })],
	});
});

test('-1, 43002 and 44002 on the error branch, each item with its own fields', () => {
	expect(branches('instructed1')).toEqual({
		success: [],
		error: INSTRUCTED.map((errcode) => ({
			id: errcode,
			sandbox: { errcode },
			error: expect.objectContaining({ errcode }),
		})),
	});
});

test('results come out as fields, one item per element of an array; an empty item is sent as {}', () => {
	expect(branches('shapes1')).toEqual({
		success: [{ a: 1 }, { result: 'x' }, { userInfo: { appId: SHOP_APP.appId } }],
		error: [],
	});
});

test('by category each item leaves through the output where somebody can act on it', () => {
	const execution = executions.get('branches1') as Execution;
	const idsByOutput = [1, 2, 3, 4].map((output) =>
		listItems(execution, 'Invoke', output).map(({ id }) => id),
	);
	expect(listItems(execution, 'Invoke', 0)).toEqual([{ result: 'fine' }]);
	expect(idsByOutput).toEqual([
		['Try Later'],
		['Outcome Unknown'],
		['Function Error'],
		['Fix Setup'],
	]);
});

test('in batches the function gets the items of several rows at once, in their order', () => {
	const userInfo = { appId: SHOP_APP.appId };
	expect(branches('batches1')).toEqual({
		success: [
			{ items: [{ id: 1 }, { id: 2 }, { id: 3 }], userInfo },
			{ items: [{ id: 4 }, { id: 5 }], userInfo },
		],
		error: [],
	});
});

test("an item whose input was empty stays on its branch, and n8n's own Error output stays empty", () => {
	const execution = executions.get('emptyItem1') as Execution;
	expect(listItems(execution, 'Invoke', 4)).toEqual([
		{ error: expect.objectContaining({ errcode: -501000 }), errcode: -501000 },
	]);
	expect(listItems(execution, 'Invoke', 5)).toEqual([]);
});

test("n8n's Retry On Fail: three items, the first failing, three tries: 5 invocations", () => {
	expect(branches('retryOnFail1').success).toHaveLength(2);
	expect(branches('retryOnFail1').error).toHaveLength(1);
	const keys = real.sandbox.log.map(({ key }) => key);
	expect(keys.filter((key) => key === 'retried')).toHaveLength(3);
	expect(keys.filter((key) => key === 'kept')).toHaveLength(2);
});

test('with On Error = Stop Workflow the run ends with the message of the failure', async () => {
	const { status, error } = await real.n8n.execute('stop1');
	expect(status).toBe('error');
	expect(error?.message).toBe('"echo" was not run: WeChat\'s system is busy.');
	expect(error?.description).toBe(
		"Run the item again in a moment. Of 3 items 1 had run, 0 may have run, 1 was refused (item 2), 1 was not sent. Items are counted from 1 here; n8n's own [item 1] is item 2.",
	);
});

test('a missing token is requested once for all items and workflows of a process', () => {
	// One for the credential "shop", one for "proxy", which has another host.
	expect(tokenRequests).toBe(2);
});

testSince(tokenOnly, 'a token is kept by n8n and found by the next execution', async () => {
	const before = real.sandbox.log.length;
	const again = await real.n8n.execute('shapes1');
	expect(listItems(again, 'Success')).toHaveLength(3);
	const paths = real.sandbox.log.slice(before).map(({ path }) => path);
	expect(paths).toEqual(['/tcb/invokecloudfunction', '/tcb/invokecloudfunction']);
});
