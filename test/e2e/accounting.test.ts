import { listItems, type Execution } from '../../n8n/execution';
import { makeRows } from '../engine/counting';
import { PROVIDER, SHOP_APP } from '../engine/accounts';
import { startScriptedServer, type ScriptedServer } from '../engine/scriptedServer';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from './harness/realN8n';
import { buildPlatformWorkflow, FALSY, SHOP_STEPS } from './harness/workflows/accountedSteps';
import { buildRowsWorkflow } from './harness/workflows/rowsWorkflow';

jest.setTimeout(TEST_TIMEOUT_MS);

const PACED = { calls: 6, perSecond: 4 };

let real: RealN8n;
let wechat: ScriptedServer;
let startedAt: number[];
let executions: Map<string, Execution>;

beforeAll(async () => {
	startedAt = [];
	wechat = await startScriptedServer({
		'/cgi-bin/stable_token': {
			delayMs: 1500,
			body: { access_token: 'sandbox-dummy-late', expires_in: 7200 },
		},
		'/tcb/invokecloudfunction': () => {
			startedAt.push(performance.now());
			return { body: { errcode: 0, errmsg: 'ok', resp_data: '1' } };
		},
		'/cgi-bin/component/api_component_token': {
			body: { component_access_token: 'sandbox-dummy-own', expires_in: 7200 },
		},
		'/cgi-bin/component/api_query_auth': ({ body: { authorization_code: code } }) => ({
			body: {
				authorization_info: { authorizer_appid: code, authorizer_refresh_token: `dummy-${code}` },
			},
		}),
	});
	real = await openRealN8n();
	const { n8n, sandbox } = real;
	const provider = { ...PROVIDER, mode: 'componentAccessToken' };
	await n8n.importCredentials([
		credentialOf('shop', sandbox.url, SHOP_APP),
		credentialOf('late', wechat.url, SHOP_APP),
		credentialOf('provider', wechat.url, provider),
	]);
	const workflows = [
		...SHOP_STEPS.map((step) => buildRowsWorkflow({ ...step, credentialId: 'shop' })),
		buildRowsWorkflow({
			...{ id: 'paced1', credentialId: 'late', rows: makeRows(PACED.calls) },
			parameters: { options: { concurrency: 50, requestsPerSecond: PACED.perSecond } },
		}),
		buildPlatformWorkflow('provider'),
	];
	await n8n.importWorkflows(workflows);
	executions = await n8n.executeBatch(workflows.map(({ id }) => id).filter((id) => id !== 'stop1'));
}, OPEN_TIMEOUT_MS);

afterAll(async () => await Promise.all([real.close(), wechat.close()]));

function read(id: string) {
	const execution = executions.get(id) as Execution;
	return { success: listItems(execution, 'Success'), error: listItems(execution, 'Error') };
}

function countCalls(itemKey: string): number {
	return real.sandbox.log.filter(({ key }) => key === itemKey).length;
}

const failure = (fields: object) =>
	expect.objectContaining({ error: expect.objectContaining(fields) });

describe.each(Object.entries(FALSY))('Retry On Fail and a field error: %s (%j)', (name, error) => {
	test('results that hold it are not called for again', () => {
		expect(read(`result-${name}-1`).success).toEqual([1, 2, 3].map((id) => ({ error, id })));
		expect(countCalls(`result-${name}`)).toBe(3);
	});

	test('rows with such a column, put beside the results, are called for once', () => {
		expect(read(`column-${name}-1`).success).toHaveLength(3);
		expect(countCalls(`column-${name}`)).toBe(3);
	});
});

test('Simplify with an expression that fails costs its own item, which is not sent', () => {
	const { success, error } = read('simplify1');
	expect(success).toEqual([{ result: 1 }, { result: 3 }]);
	expect(error).toEqual([failure({ attempts: 0, mayHaveRun: false })]);
	expect(countCalls('simplify')).toBe(0);
});

test('an option of the run that fails is an error of every item, and nothing is sent', () => {
	const { success, error } = read('run-option-1');
	expect(success).toEqual([]);
	expect(error.map(({ id }) => id)).toEqual([1, 2]);
	expect(countCalls('run option')).toBe(0);
});

test('an authorization code is not lost by the expression of another item', () => {
	const { success, error } = read('platform1');
	expect(success.map((item) => item.authorizerRefreshToken)).toEqual(['dummy-one', 'dummy-three']);
	expect(error).toEqual([expect.objectContaining({ code: 'two', error: expect.anything() })]);
});

test('what WeChat has scheduled is a success, whatever Result Check looks for', () => {
	const { success, error } = read('later1');
	expect(success).toEqual([expect.objectContaining({ scheduledFor: expect.any(String) })]);
	expect(error).toEqual([]);
});

test("a function's own words do not decide that it did not run, and stop no other item", () => {
	const { success, error } = read('own-words-1');
	const threw = failure({ category: 'function-error', mayHaveRun: true, attempts: 1 });
	expect(error).toEqual([threw, threw]);
	expect(success).toEqual([{ result: 'next' }]);
	expect(countCalls('own words')).toBe(1);
});

test('batches that interleave leave in the order of the input', () => {
	const rows = read('order1').success.map(({ row, error }) => row ?? Boolean(error));
	expect(rows).toEqual([0, 1, 2, true, 4, 5]);
});

test('no item is lost where an expression on the item decides how it is called', () => {
	const execution = executions.get('by-item-1') as Execution;
	const counts = [0, 1, 2, 3, 4].map((output) => listItems(execution, 'Invoke', output).length);
	expect(counts).toEqual([2, 0, 0, 1, 0]);
});

test('with Stop Workflow the calls under way are counted with what they came to', async () => {
	const { error } = await real.n8n.execute('stop1');
	expect(error?.description).toContain(
		'Of 20 items 2 had run, 2 may have run (items 2, 4), 1 was refused (item 3), 15 were not sent.',
	);
});

test('Requests per Second counts from when the token is there', () => {
	expect(startedAt).toHaveLength(PACED.calls);
	const tookMs = startedAt[PACED.calls - 1] - startedAt[0];
	expect(tookMs).toBeGreaterThan(((PACED.calls - 1) * 1000) / PACED.perSecond / 2);
});
