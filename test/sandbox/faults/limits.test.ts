import { startSandbox } from '../../engine/sandbox';
import type { Sandbox } from '../../../sandbox/server';
import { call, createSignal, invoke } from '../client';

const ENV = 'shop-demo';
const FAR_TOO_LONG_MS = 3_600_000;

let sandbox: Sandbox;
let clock = 0;

beforeAll(async () => {
	sandbox = await startSandbox({ now: () => clock });
});

afterEach(() => {
	sandbox.limits.reset();
	clock += FAR_TOO_LONG_MS / 1000;
});

afterAll(async () => {
	await sandbox.close();
});

/** Calls that are under way at the same moment, until the last one has been answered. */
async function invokeAtOnce(count: number, event: object = {}): Promise<number[]> {
	const answers = await Promise.all(
		Array.from({ length: count }, async () => await invoke(sandbox, 'echo', event)),
	);
	return answers.map(({ data }) => data.errcode).sort((a, b) => a - b);
}

async function invokeOften(count: number): Promise<number[]> {
	const codes = [];
	for (let call = 0; call < count; call++) {
		codes.push((await invoke(sandbox, 'echo', {})).data.errcode);
	}
	return codes;
}

test('so many functions at once: a call above them is refused and does not run', async () => {
	sandbox.limits.set(ENV, { atOnce: 2, callMs: 300 });
	const before = sandbox.runs('echo');
	expect(await invokeAtOnce(5)).toEqual([-501004, -501004, -501004, 0, 0]);
	expect(sandbox.runs('echo')).toBe(before + 2);
	expect(sandbox.log.slice(-5).filter(({ ran }) => ran === 'no')).toHaveLength(3);
	sandbox.limits.set(ENV, { atOnce: 2 });
	expect(await invokeOften(3)).toEqual([0, 0, 0]);
});

test('a function that runs on after its caller was answered still counts', async () => {
	const running = createSignal();
	const own = await startSandbox({ timeLimitMs: 1, onRequest: running.give });
	own.limits.set(ENV, { atOnce: 1, callMs: FAR_TOO_LONG_MS });
	expect((await invoke(own, 'echo', {})).data.errcode).toBe(-504003);
	await running.given;
	expect((await invoke(own, 'echo', {})).data.errcode).toBe(-501004);
	await own.close();
});

test('so many calls in a window, which begins with the first of them', async () => {
	sandbox.limits.set(ENV, { calls: 2, windowMs: 10_000 });
	expect(await invokeOften(3)).toEqual([0, 0, -501003]);
	clock += 9_999;
	expect(await invokeOften(1)).toEqual([-501003]);
	clock += 1;
	expect(await invokeOften(3)).toEqual([0, 0, -501003]);
});

test('a call that comes too often is refused as told, with the time the window still lasts', async () => {
	const tooOften = { status: 429, body: 'slow down' };
	sandbox.limits.set(ENV, { calls: 1, windowMs: 60_000, retryAfter: true, tooOften });
	await invokeOften(1);
	clock += 12_500;
	const { status, data, headers } = await invoke(sandbox, 'echo', {});
	expect({ status, data }).toEqual({ status: 429, data: 'slow down' });
	expect(headers['retry-after']).toBe('48');
	expect(sandbox.log.at(-1)).toMatchObject({ ran: 'no', status: 429 });
});

test('a request above the size that the environment takes: 45002', async () => {
	sandbox.limits.set(ENV, { requestBytes: 1000 });
	expect((await invoke(sandbox, 'echo', { text: 'x'.repeat(980) })).data.errcode).toBe(0);
	const large = await invoke(sandbox, 'echo', { text: 'x'.repeat(1000) });
	expect(large.data.errcode).toBe(45002);
	sandbox.limits.set(ENV, { requestBytes: 1, tooLarge: { status: 413 } });
	expect((await invoke(sandbox, 'echo', {})).status).toBe(413);
});

test('a call that is refused for another limit does not count for the window', async () => {
	sandbox.limits.set(ENV, { calls: 1, windowMs: 10_000, requestBytes: 10 });
	await invoke(sandbox, 'echo', { text: 'too large' });
	expect(await invokeOften(2)).toEqual([0, -501003]);
});

test('the limits of one environment are no limits of another', async () => {
	sandbox.limits.set('customer-a-demo', { calls: 1, windowMs: 10_000 });
	expect(await invokeOften(3)).toEqual([0, 0, 0]);
});

test('busy-demo has limits from the start', async () => {
	const access_token = sandbox.tokens.issue('wx-sandbox-busy');
	const query = { access_token, env: 'busy-demo', name: 'echo' };
	const answers = await Promise.all(
		Array.from({ length: 5 }, async () => await invoke(sandbox, 'echo', {}, { query })),
	);
	const codes = answers.map(({ data }) => data.errcode);
	expect(codes.filter((errcode) => errcode === -501004)).toHaveLength(2);
});

describe('/sandbox/limits', () => {
	async function ask(method: string, path = '', body?: unknown) {
		const { status, data } = await call(sandbox, `/sandbox/limits${path}`, { method, body });
		return { status, data };
	}

	test('limits are put, listed and taken away', async () => {
		const limits = { calls: 1, windowMs: 10_000, tooOften: { errcode: 45011 } };
		expect((await ask('PUT', `/${ENV}`, limits)).data[ENV]).toEqual(limits);
		expect(await invokeOften(2)).toEqual([0, 45011]);
		expect((await ask('GET')).data).toMatchObject({ [ENV]: limits, 'busy-demo': { atOnce: 3 } });
		expect((await ask('DELETE', `/${ENV}`)).data).not.toHaveProperty(ENV);
		expect(await invokeOften(2)).toEqual([0, 0]);
	});

	test.each([
		['/nowhere', {}, 404, 'unknown environment'],
		[
			'/shop-demo',
			{ atOnce: 0 },
			400,
			'limits.atOnce must be a whole number of functions, 1 or more',
		],
		['/shop-demo', { calls: 5 }, 400, 'limits.calls and limits.windowMs belong together'],
		['/shop-demo', { atonce: 1 }, 400, 'limits.atonce is not an instruction'],
		[
			'/shop-demo',
			{ tooMany: { errcode: 'x' } },
			400,
			'limits.tooMany must be an instruction as for /sandbox/faults',
		],
	])(
		'PUT /sandbox/limits%s with %j is refused with the reason',
		async (path, body, status, error) => {
			expect(await ask('PUT', path, body)).toEqual({ status, data: { error } });
		},
	);
});
