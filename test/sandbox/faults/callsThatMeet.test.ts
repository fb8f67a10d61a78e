import { startSandbox, type Sandbox } from '../../engine/sandbox';
import type { Fault } from '../../../sandbox/faults/faults';
import { invoke, invokeLater, readResult } from '../client';

let sandbox: Sandbox;
let itemKey = 0;

beforeAll(async () => {
	sandbox = await startSandbox({ now: () => 0 });
});

// A key of its own for each test, to count the runs by.
beforeEach(() => {
	itemKey += 1;
});

afterEach(() => sandbox.faults.clear());

afterAll(async () => await sandbox.close());

async function invokeTimes(count: number): Promise<number[]> {
	const codes = [];
	for (let order = 1; order <= count; order++) {
		codes.push((await invoke(sandbox, 'echo', { order })).data.errcode);
	}
	return codes;
}

test.each<[string, Fault, number[]]>([
	['after the first two', { skip: 2 }, [0, 0, -1, -1, -1, -1, -1]],
	['the third only', { skip: 2, times: 1 }, [0, 0, -1, 0, 0, 0, 0]],
	['each third', { every: 3 }, [0, 0, -1, 0, 0, -1, 0]],
	[
		'each second of those after the first, twice',
		{ skip: 1, every: 2, times: 2 },
		[0, 0, -1, 0, -1, 0, 0],
	],
])('calls of a function meet its fault: %s', async (_, which, codes) => {
	sandbox.faults.set('echo', { errcode: -1, ...which });
	expect(await invokeTimes(7)).toEqual(codes);
});

test('calls that say the same meet their own instruction by the same count', async () => {
	const event = { sandbox: { errcode: -1, skip: 1, times: 1 } };
	const codes = [];
	for (let call = 0; call < 3; call++) {
		codes.push((await invoke(sandbox, 'echo', event)).data.errcode);
	}
	expect(codes).toEqual([0, -1, 0]);
});

test.each<[string, Fault, number, string]>([
	['an errcode, and the function has run', { errcode: -1, runs: 1 }, 1, 'cut'],
	['an errcode, and it has run twice', { errcode: -1, runs: 2, delayMs: 20 }, 2, 'cut'],
	['a page of a proxy, and it has not run', { status: 413, body: '<html>', runs: 0 }, 0, 'no'],
	['a connection that breaks before it runs', { reset: true, runs: 0 }, 0, 'no'],
	['a success that is none', { runs: 0 }, 0, 'no'],
	['a result that is replaced', { set: { resp_data: '1' } }, 1, 'cut'],
	['an answer without errcode, but with the result', { omit: ['errcode'] }, 1, 'yes'],
])('runs: %s', async (_, fault, runs, ran) => {
	await invoke(sandbox, 'echo', { itemKey, sandbox: fault }).catch(() => undefined);
	expect(sandbox.runs('echo', itemKey)).toBe(runs);
	expect(sandbox.log.at(-1)).toMatchObject({ key: itemKey, ran });
});

test('runs: a function that runs later can be scheduled twice, or not at all behind an ok', async () => {
	sandbox.faults.set('echo', { runs: 2 });
	await invokeLater(sandbox);
	expect(sandbox.delayedTasks.list()).toHaveLength(2);
	sandbox.faults.set('echo', { runs: 0 });
	expect((await invokeLater(sandbox)).data.errcode).toBe(0);
	expect(sandbox.delayedTasks.list()).toHaveLength(2);
});

test('delaySeconds: it runs at another time than was asked', async () => {
	sandbox.faults.set('echo', { delaySeconds: 2 });
	await invokeLater(sandbox, { delay_time: 6 });
	expect(sandbox.delayedTasks.list()[0]).toMatchObject({ dueAt: 2000 });
});

test("event: the function's event has these fields, and who it acts for stays", async () => {
	const event = { note: 'changed', userInfo: { appId: 'wx-somebody' } };
	sandbox.faults.set('echo', { event });
	const result = readResult(await invoke(sandbox, 'echo', { note: 'sent', order: 1 }));
	expect(result).toEqual({ note: 'changed', order: 1, userInfo: { appId: 'wx-sandbox-shop' } });
});

test('thrownErrorAs runtime: what was thrown stands in the stack only', async () => {
	sandbox.faults.set('echo', { thrownErrorAs: 'runtime' });
	expect(readResult(await invoke(sandbox, 'echo', { throws: 'stock of tea is gone' }))).toEqual({
		errorCode: 1,
		errorMessage: 'user code exception caught',
		stackTrace: expect.stringMatching(/^Error: stock of tea is gone\n\s+at /),
		statusCode: 430,
	});
});

test.each<[object, string]>([
	[{ runs: 11 }, 'fault.runs must be a whole number from 0 to 10'],
	[{ every: 0 }, 'fault.every must be a whole number, 1 or more'],
	[{ omit: 'errcode' }, 'fault.omit must be a list of names'],
	[{ headers: { 'Retry-After': 5 } }, 'fault.headers must be an object of texts'],
	[{ headers: { 'a b': 'c' } }, 'fault.headers must be an object of texts'],
	[{ set: [] }, 'fault.set must be an object'],
	[{ toString: 1 }, 'fault.toString is not an instruction'],
])('the instruction %j is refused with the reason', (fault, reason) => {
	expect(() => sandbox.faults.set('echo', fault)).toThrow(reason);
});
