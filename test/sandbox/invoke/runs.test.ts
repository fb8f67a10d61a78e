import { describeRequest } from '../../../sandbox/console';
import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { call, invoke, requestToken } from '../client';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

// The log of each test begins with it.
beforeEach(() => {
	sandbox.log.length = 0;
});

afterAll(async () => {
	await sandbox.close();
});

test('runs are counted by function and by itemKey', async () => {
	expect(sandbox.runs('echo')).toBe(0);
	for (const itemKey of [1, 'a', 1]) await invoke(sandbox, 'echo', { itemKey });
	await invoke(sandbox, 'echo', { itemKey: 1, sandbox: { errcode: -1 } });
	await invoke(sandbox, 'dailyReport', { itemKey: 1 });
	const counts = [undefined, 1, 'a', '1'].map((key) => sandbox.runs('echo', key));
	expect(counts).toEqual([3, 2, 1, 0]);
	expect(sandbox.runs('dailyReport', 1)).toBe(1);
	expect(() => sandbox.runs('ecko')).toThrow('The sandbox has no function "ecko".');
});

test('the log has the itemKey of each call, ran or not, and nothing else of the event', async () => {
	const bodies = [
		{ itemKey: 7, note: 'private' },
		{ itemKey: 'row-8', sandbox: { errcode: -1 } },
		{ itemKey: { note: 'private' } },
		{ note: 'private' },
	];
	for (const body of bodies) await invoke(sandbox, 'echo', body);
	const query = { access_token: 'unknown', env: 'shop-demo', name: 'echo' };
	await invoke(sandbox, 'echo', { itemKey: 9 }, { query });
	expect(sandbox.log.map(({ key, ran }) => ({ key, ran }))).toEqual([
		{ key: 7, ran: 'yes' },
		{ key: 'row-8', ran: 'no' },
		{ key: undefined, ran: 'yes' },
		{ key: undefined, ran: 'yes' },
		{ key: 9, ran: 'no' },
	]);
	expect(JSON.stringify(sandbox.log)).not.toContain('private');
});

test('a request that is no invocation says nothing of runs', async () => {
	await requestToken(sandbox);
	await call(sandbox, '/sandbox/faults', { method: 'GET' });
	expect(sandbox.log.map(({ ran }) => ran)).toEqual([undefined, undefined]);
});

test('the console tells whether the function has run', async () => {
	await invoke(sandbox, 'echo', {});
	await invoke(sandbox, 'echo', { sandbox: { errcode: -1 } });
	await invoke(sandbox, 'echo', { sandbox: { status: 502 } });
	const called = 'POST /tcb/invokecloudfunction wx-sandbox-shop shop-demo/echo';
	expect(sandbox.log.map((request) => describeRequest(request, new Date()).slice(9))).toEqual([
		`${called} errcode 0 (run)`,
		`${called} errcode -1 (not run)`,
		`${called} HTTP 502 no errcode (run, unknown to the caller)`,
	]);
});
