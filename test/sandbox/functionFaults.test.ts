import { startSandbox, type Sandbox } from '../../sandbox/server';
import { call, invoke, readResult } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.faults.clear());
afterAll(async () => await sandbox.close());

const lastRan = () => sandbox.log[sandbox.log.length - 1].ran;

test('a fault that is set for a function answers its first calls, then it succeeds', async () => {
	const set = await call(sandbox, '/sandbox/faults/echo', {
		method: 'PUT',
		body: { errcode: -1, times: 2 },
	});
	expect(set.data).toEqual({ echo: { errcode: -1, times: 2 } });
	const codes = [];
	for (const reply of ['a', 'b', 'c']) {
		codes.push((await invoke(sandbox, 'echo', { reply })).data.errcode);
	}
	expect(codes).toEqual([-1, -1, 0]);
	expect((await call(sandbox, '/sandbox/faults', { method: 'GET' })).data).toEqual({});
});

test('it holds for this function alone, until it is taken away', async () => {
	await call(sandbox, '/sandbox/faults/echo', { method: 'PUT', body: { errcode: 45011 } });
	expect((await invoke(sandbox, 'echo', {})).data.errcode).toBe(45011);
	expect((await invoke(sandbox, 'dailyReport', {})).data.errcode).toBe(0);
	await call(sandbox, '/sandbox/faults/echo', { method: 'DELETE' });
	expect((await invoke(sandbox, 'echo', {})).data.errcode).toBe(0);
});

test("the call's own fault wins over it", async () => {
	sandbox.faults.set('echo', { errcode: -1 });
	const { data } = await invoke(sandbox, 'echo', { sandbox: { errcode: 45009 } });
	expect(data.errcode).toBe(45009);
});

test('a fault that is none is refused with what is wrong', async () => {
	const { status, data } = await call(sandbox, '/sandbox/faults/echo', {
		method: 'PUT',
		body: { errcod: 1 },
	});
	expect(status).toBe(400);
	expect(data.error).toBe('sandbox.errcod is not an instruction');
});

test('half an answer: the connection ends before all of it has come, and the function has run', async () => {
	await expect(invoke(sandbox, 'echo', { sandbox: { half: true } })).rejects.toThrow();
	expect(lastRan()).toBe('cut');
});

test("a proxy's page and a redirect come before the function", async () => {
	const page = await invoke(sandbox, 'echo', { sandbox: { html: true } });
	expect(page.status).toBe(200);
	expect(page.data).toContain('<html>');
	expect(lastRan()).toBe('no');
	await invoke(sandbox, 'echo', { sandbox: { redirect: true } });
	const ofRedirect = sandbox.log.filter(({ status }) => status === 302 || status === undefined);
	expect(ofRedirect.find(({ ran }) => ran === 'no')).toBeDefined();
});

test('a Retry-After comes beside the answer', async () => {
	const fault = { errcode: 45011, retryAfterSeconds: 7 };
	const { headers, data } = await invoke(sandbox, 'echo', { sandbox: fault });
	expect(headers['retry-after']).toBe('7');
	expect(data.errcode).toBe(45011);
});

test('the log tells which item it was and whether the function was started', async () => {
	expect(readResult(await invoke(sandbox, 'echo', { itemKey: 7, reply: 'x' }))).toBe('x');
	await invoke(sandbox, 'echo', { itemKey: 'b', sandbox: { errcode: -1 } });
	await expect(
		invoke(sandbox, 'echo', { itemKey: 'c', sandbox: { reset: true } }),
	).rejects.toThrow();
	expect(sandbox.log.slice(-3).map(({ key, ran }) => [key, ran])).toEqual([
		['7', 'yes'],
		['b', 'no'],
		['c', 'cut'],
	]);
});
