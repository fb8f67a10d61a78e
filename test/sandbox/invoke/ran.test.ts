import { startFunctionRunner, type FunctionRunner } from '../../../sandbox/runner/functionRunner';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/server';
import { call, createSignal, invoke } from '../client';

const FAR_TOO_LONG_MS = 3_600_000;

let runner: FunctionRunner;
const started: Sandbox[] = [];

beforeAll(async () => {
	runner = await startFunctionRunner();
});

// A failing test closes its sandbox too.
afterEach(async () => {
	await Promise.all(started.splice(0).map(async (sandbox) => await sandbox.close()));
});

afterAll(async () => {
	await runner.stop();
});

async function open(options?: SandboxOptions): Promise<Sandbox> {
	const sandbox = await startSandbox({ runner, ...options });
	started.push(sandbox);
	return sandbox;
}

/** What the sandbox says of the only invocation it got. */
function readRun(sandbox: Sandbox) {
	const invocations = sandbox.log.filter(({ path }) => path.startsWith('/tcb/'));
	expect(invocations).toHaveLength(1);
	const [{ ran, errcode }] = invocations;
	return { ran, errcode, runs: sandbox.runs('echo') };
}

test.each([
	['that returns', {}, 0],
	['that throws', { throws: 'sold out' }, -504002],
	['that throws, told as a success', { throws: 'no', sandbox: { thrownErrorAs: 'resp_data' } }, 0],
	['whose result is too large', { reply: 'x'.repeat(1024 * 1024) }, -604001],
])('yes: a function %s', async (_kind, body, errcode) => {
	const sandbox = await open();
	await invoke(sandbox, 'echo', body);
	expect(readRun(sandbox)).toEqual({ ran: 'yes', errcode, runs: 1 });
});

test.each([
	['an errcode', { errcode: -1 }, -1],
	['a page', { html: true }, null],
	['a redirect', { redirect: true }, null],
	['an instruction that is not understood', { errCode: -1 }, -501007],
])('no: %s instead of a run', async (_kind, fault, errcode) => {
	const sandbox = await open();
	await invoke(sandbox, 'echo', { sandbox: fault });
	expect(readRun(sandbox)).toEqual({ ran: 'no', errcode, runs: 0 });
});

test.each([
	['a refused token', 'POST', 'unknown', 40014],
	['a method that is not POST', 'PUT', '', 43002],
])('no: %s', async (_kind, method, access_token, errcode) => {
	const sandbox = await open();
	const query = { access_token, env: 'shop-demo', name: 'echo' };
	await invoke(sandbox, 'echo', {}, { method, query });
	expect(readRun(sandbox)).toEqual({ ran: 'no', errcode, runs: 0 });
});

test.each([
	['a reset', { reset: true }],
	['half an answer', { half: true }],
	['an answer that is not from WeChat', { status: 502 }],
	['an answer that looks like the function’s', { body: '{"errcode":0,"resp_data":"1"}' }],
])('cut: %s after the run', async (_kind, fault) => {
	const sandbox = await open();
	await invoke(sandbox, 'echo', { sandbox: fault }).catch(() => undefined);
	expect(readRun(sandbox)).toEqual({ ran: 'cut', errcode: null, runs: 1 });
});

test('cut: no answer after the run', async () => {
	const arrived = createSignal();
	const sandbox = await open({ onRequest: arrived.give });
	const ended = invoke(sandbox, 'echo', { sandbox: { hang: true } }).catch(() => undefined);
	await arrived.given;
	await sandbox.close();
	await ended;
	expect(readRun(sandbox)).toEqual({ ran: 'cut', errcode: null, runs: 1 });
});

test('cut: a run that outlasts the time limit', async () => {
	const sandbox = await open({ timeLimitMs: 1 });
	await invoke(sandbox, 'echo', { waitMs: FAR_TOO_LONG_MS });
	expect(readRun(sandbox)).toEqual({ ran: 'cut', errcode: -504003, runs: 1 });
});

test('cut: a caller who hangs up before the answer', async () => {
	const running = createSignal();
	const released = createSignal();
	const arrived = createSignal();
	const sandbox = await open({
		runner: {
			...runner,
			invoke: async () => {
				running.give();
				await released.given;
				return { kind: 'returned', json: '1' };
			},
		},
		onRequest: ({ path }) => path.startsWith('/tcb/') && arrived.give(),
	});
	const abort = new AbortController();
	const given = invoke(sandbox, 'echo', {}, { signal: abort.signal }).catch(() => undefined);
	await running.given;
	expect(sandbox.runs('echo')).toBe(1);
	abort.abort();
	await given;
	await call(sandbox, '/later', {}); // the sandbox hears of the end before it hears of this
	released.give();
	await arrived.given;
	expect(readRun(sandbox)).toEqual({ ran: 'cut', errcode: 0, runs: 1 });
});

test('cut: a run whose process ends meanwhile', async () => {
	const sandbox = await open({ runner: { ...runner, invoke: async () => ({ kind: 'lost' }) } });
	await invoke(sandbox, 'echo', {});
	expect(readRun(sandbox)).toEqual({ ran: 'cut', errcode: -504001, runs: 1 });
});

test('no: a process of functions that is gone already', async () => {
	const gone = await startFunctionRunner();
	await gone.stop();
	const sandbox = await open({ runner: gone });
	await invoke(sandbox, 'echo', {});
	expect(readRun(sandbox)).toEqual({ ran: 'no', errcode: -504001, runs: 0 });
});
