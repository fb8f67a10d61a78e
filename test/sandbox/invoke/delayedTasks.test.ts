import { describeRequest } from '../../../sandbox/console';
import {
	shareFunctionRunner,
	startSandbox,
	type FunctionRunner,
	type Sandbox,
} from '../../engine/sandbox';
import { CUSTOMER_A, invoke, invokeLater, PROVIDER, readResult } from '../client';

const START_MS = Date.parse('2025-03-01T08:00:00Z');

let nowMs = START_MS;
let runner: FunctionRunner;
let sandbox: Sandbox;

beforeAll(async () => {
	runner = await shareFunctionRunner();
});

beforeEach(async () => {
	nowMs = START_MS;
	sandbox = await startSandbox({ now: () => nowMs, runner });
});

afterEach(async () => {
	await sandbox.close();
});

afterAll(async () => {
	await runner.stop();
});

async function passSeconds(seconds: number): Promise<void> {
	nowMs += seconds * 1000;
	await sandbox.delayedTasks.runDue();
}

test('the answer is errcode and errmsg only, and the function has not run yet', async () => {
	const { status, data } = await invokeLater(sandbox);
	expect({ status, data }).toEqual({ status: 200, data: { errcode: 0, errmsg: 'ok' } });
	expect(sandbox.runs('echo')).toBe(0);
});

test('the function runs once, when its time has come and not before', async () => {
	await invokeLater(sandbox, { delay_time: 60 });
	await passSeconds(59.999);
	expect(sandbox.runs('echo')).toBe(0);
	await passSeconds(0.001);
	expect(sandbox.runs('echo')).toBe(1);
	await passSeconds(60);
	expect(sandbox.runs('echo')).toBe(1);
});

test('two who run what is due at the same time do not run it twice', async () => {
	await invokeLater(sandbox);
	nowMs += 6000;
	await Promise.all([sandbox.delayedTasks.runDue(), sandbox.delayedTasks.runDue()]);
	expect(sandbox.runs('echo')).toBe(1);
});

test('the list has what is still to run, by time, and nothing of the events', async () => {
	await invokeLater(sandbox, { delay_time: 20, data: '{"itemKey":"late","note":"private"}' });
	await invokeLater(sandbox, { delay_time: 10, function_name: 'signUp' });
	const shop = { appId: 'wx-sandbox-shop', env: 'shop-demo' };
	const late = { ...shop, function: 'echo', key: 'late', dueAt: START_MS + 20_000 };
	const early = { ...shop, function: 'signUp', dueAt: START_MS + 10_000 };
	expect(sandbox.delayedTasks.list()).toEqual([early, late]);
	await passSeconds(10);
	expect(sandbox.delayedTasks.list()).toEqual([late]);
	expect(JSON.stringify([late, sandbox.log])).not.toContain('private');
});

test('the function gets the data, and userInfo beside it', async () => {
	const row = { itemId: 'later-1' };
	await invokeLater(sandbox, {
		function_name: 'importRows',
		data: JSON.stringify({ items: [row] }),
	});
	await passSeconds(6);
	const again = await invoke(sandbox, 'importRows', { items: [row] });
	expect(readResult(again)).toEqual([{ row: 1, status: 'skipped' }]);
});

test.each([
	['authorizer', CUSTOMER_A.authorizer_appid, 'customer-a-demo'],
	['component', PROVIDER.component_appid, 'provider-demo'],
] as const)('a token of the kind %s can have a function run later', async (kind, appId, env) => {
	const query = { access_token: sandbox.tokens.issue(appId, kind) };
	const body = { env, function_name: 'echo', data: '{}', delay_time: 6 };
	const { data } = await invokeLater(sandbox, {}, { query, body });
	expect(data.errcode).toBe(0);
	expect(sandbox.delayedTasks.list()).toMatchObject([{ appId, env }]);
});

test('a run shows in the log once it has ended, with what came of it', async () => {
	await invokeLater(sandbox, { data: '{"itemKey":1}' });
	await invokeLater(sandbox, { delay_time: 7, data: '{"itemKey":2,"throws":"no stock"}' });
	const asked = { path: '/tcb/adddelayedfunctiontask', ran: undefined, errcode: 0 };
	expect(sandbox.log).toMatchObject([
		{ ...asked, key: 1 },
		{ ...asked, key: 2 },
	]);
	await passSeconds(6);
	await passSeconds(1);
	const run = { path: '(delayed)', appId: 'wx-sandbox-shop', env: 'shop-demo', function: 'echo' };
	expect(sandbox.log.slice(2)).toEqual([
		{ ...run, key: 1, ran: 'yes', errcode: 0 },
		{ ...run, key: 2, ran: 'yes', errcode: -504002 },
	]);
	expect(describeRequest(sandbox.log[2], new Date()).slice(9)).toBe(
		'(delayed) wx-sandbox-shop shop-demo/echo errcode 0 (run)',
	);
});

test.each([
	['unstarted', 'no', 0],
	['lost', 'cut', 1],
] as const)('a run whose process is gone (%s) is in the log', async (kind, ran, count) => {
	const broken = { ...runner, invoke: async () => ({ kind }) };
	const other = await startSandbox({ now: () => nowMs, runner: broken });
	await invokeLater(other);
	nowMs += 6000;
	await other.delayedTasks.runDue();
	await other.close();
	expect(other.log.at(-1)).toMatchObject({ path: '(delayed)', ran, errcode: -504001 });
	expect(other.runs('echo')).toBe(count);
});
