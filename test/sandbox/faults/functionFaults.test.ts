import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { invoke, readResult } from '../client';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterEach(() => {
	sandbox.faults.clear();
});

afterAll(async () => {
	await sandbox.close();
});

/** The errcodes of calls made one after the other, each of which says something else. */
async function invokeTimes(count: number, name = 'echo'): Promise<number[]> {
	const codes = [];
	for (let order = 1; order <= count; order++) {
		codes.push((await invoke(sandbox, name, { order })).data.errcode);
	}
	return codes;
}

test('a fault of a function: its calls fail, whatever they say', async () => {
	sandbox.faults.set('echo', { errcode: -1 });
	expect(await invokeTimes(3)).toEqual([-1, -1, -1]);
});

test('a fault of a function leaves the other functions alone', async () => {
	sandbox.faults.set('echo', { errcode: -1 });
	expect(await invokeTimes(1, 'dailyReport')).toEqual([0]);
});

test('times: so many calls of the function fail, then it works', async () => {
	sandbox.faults.set('echo', { errcode: -1, times: 2 });
	expect(await invokeTimes(4)).toEqual([-1, -1, 0, 0]);
});

test('times: of calls at the same time, exactly so many fail', async () => {
	sandbox.faults.set('echo', { errcode: -1, times: 2 });
	const codes = await Promise.all(Array.from({ length: 5 }, () => invokeTimes(1)));
	expect(codes.flat().sort((a, b) => a - b)).toEqual([-1, -1, 0, 0, 0]);
});

test('times: the calls count in every environment', async () => {
	sandbox.faults.set('echo', { errcode: -1, times: 2 });
	const access_token = sandbox.tokens.issue('wx-sandbox-customer-a');
	const query = { access_token, env: 'customer-a-demo', name: 'echo' };
	expect((await invoke(sandbox, 'echo', {}, { query })).data.errcode).toBe(-1);
	expect(await invokeTimes(2)).toEqual([-1, 0]);
});

test('times: a call that never gets to the function does not count', async () => {
	sandbox.faults.set('echo', { errcode: -1, times: 1 });
	const query = { access_token: 'unknown', env: 'shop-demo', name: 'echo' };
	expect((await invoke(sandbox, 'echo', {}, { query })).data.errcode).toBe(40014);
	expect(await invokeTimes(2)).toEqual([-1, 0]);
});

test('times: set again, it counts from the start', async () => {
	sandbox.faults.set('echo', { errcode: -1, times: 2 });
	expect(await invokeTimes(1)).toEqual([-1]);
	sandbox.faults.set('echo', { errcode: -1, times: 2 });
	expect(await invokeTimes(3)).toEqual([-1, -1, 0]);
});

test('times: 0 is no fault at all', async () => {
	sandbox.faults.set('echo', { errcode: -1, times: 0 });
	expect(await invokeTimes(1)).toEqual([0]);
});

test('the instruction of a call goes before the fault of its function, and uses none of it up', async () => {
	sandbox.faults.set('echo', { errcode: -1, times: 1 });
	const own = await invoke(sandbox, 'echo', { sandbox: { errcode: 45011 } });
	expect(own.data.errcode).toBe(45011);
	const empty = await invoke(sandbox, 'echo', { sandbox: {} });
	expect(empty.data.errcode).toBe(0);
	expect(await invokeTimes(2)).toEqual([-1, 0]);
});

test('a fault of a function may be of any kind', async () => {
	sandbox.faults.set('echo', { status: 503, body: 'busy', retryAfterSeconds: 3 });
	const { status, data, headers } = await invoke(sandbox, 'echo', {});
	expect({ status, data }).toEqual({ status: 503, data: 'busy' });
	expect(headers['retry-after']).toBe('3');
	sandbox.faults.set('echo', { reset: true });
	await expect(invoke(sandbox, 'echo', {})).rejects.toMatchObject({ code: 'ECONNRESET' });
	sandbox.faults.set('echo', { thrownErrorAs: 'resp_data' });
	const thrown = await invoke(sandbox, 'echo', { throws: 'sold out' });
	expect(readResult(thrown)).toMatchObject({ errorMessage: 'sold out' });
});

test('clear: every function works again', async () => {
	sandbox.faults.set('echo', { errcode: -1 });
	sandbox.faults.set('dailyReport', { errcode: -1 });
	sandbox.faults.clear();
	expect(await invokeTimes(1)).toEqual([0]);
	expect(await invokeTimes(1, 'dailyReport')).toEqual([0]);
});

test('a mistaken use in a test is an error', () => {
	const { set } = sandbox.faults;
	expect(() => set('ecko', { errcode: -1 })).toThrow(
		'The sandbox has no function or address "ecko".',
	);
	expect(() => set('echo', { status: 99 })).toThrow('fault.status must be an HTTP status');
});
