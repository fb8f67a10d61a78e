import type { Step } from '../../../engine/invokeWorkflow';
import {
	startLaterServer,
	startReport,
	startRounds,
	type LaterServer,
} from '../../../engine/waitingRun';

let server: LaterServer;
beforeAll(async () => {
	server = await startLaterServer();
});
afterAll(async () => await server.close());

const wait = async (step: Partial<Step> = {}) => await startReport(server, step);

const GOOD = '{"n":1}';

function change(address: string, name: string, value?: string): string {
	const url = new URL(address);
	if (value === undefined) url.searchParams.delete(name);
	else url.searchParams.set(name, value);
	return url.href;
}

test('a call that is taken gets an answer that says so', async () => {
	const { call, address } = await wait();
	expect(await call(address, GOOD)).toMatchObject({
		status: 200,
		body: { message: 'The workflow goes on with this result.' },
		branches: { success: [{ n: 1 }] },
	});
});

test('of calls at the same moment one is taken, on every version of n8n', async () => {
	const { call, address } = await wait();
	const statuses = await Promise.all([1, 2, 3].map(async () => (await call(address, GOOD)).status));
	expect(statuses.sort()).toEqual([200, 409, 409]);
});

test.each([
	['without a seal', 'seal', undefined],
	['with an empty one', 'seal', ''],
	['with a made-up one', 'seal', 'a'.repeat(64)],
	['with a seal that is no ASCII', 'seal', 'ä'.repeat(64)],
	['without a round', 'round', undefined],
	['for another round', 'round', '1'],
	['for a round that is no number', 'round', 'one'],
	['for the same round, written in another way', 'round', '00'],
])('a call %s is refused, and the wait goes on', async (_, name, value) => {
	const { call, address } = await wait();
	const answer = await call(change(address, name, value), GOOD);
	expect(answer).toEqual({ status: 401, body: { error: expect.any(String) } });
	expect((await call(address, GOOD)).branches?.success).toEqual([{ n: 1 }]);
});

test('the address of an earlier round of a loop is over, whatever the execution waits for', async () => {
	const { call, address } = await startReport(server, {}, startRounds);
	const { next, branches } = await call(address, '{"n":1}');
	expect(branches?.run.status).toBe('waiting');
	expect(await next?.call(address, '{"n":2}')).toEqual({
		status: 410,
		body: { error: 'The workflow does not wait for this call.' },
	});
	const second = String(server.events().at(-1)?.callbackUrl);
	expect(second).not.toBe(address);
	const ended = await next?.call(second, '{"n":2}');
	expect(ended?.branches?.run.status).toBe('success');
	expect(ended?.branches?.run.data.resultData.runData.Success).toHaveLength(2);
});

test("another node's address does not end the wait", async () => {
	const other = await wait({ node: { id: 'other' } });
	const { call } = await wait();
	expect((await call(other.address, GOOD)).status).toBe(401);
});

test.each([
	['no JSON', 'the report is ready'],
	['nothing', ''],
	['half of JSON', '{"n":'],
	['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00])],
])('a call with %s is refused, and the wait goes on', async (_, body) => {
	const { call, address } = await wait();
	expect(await call(address, body)).toEqual({ status: 400, body: { error: expect.any(String) } });
	expect((await call(address, GOOD)).status).toBe(200);
});

test('where n8n has kept something else than was given to it, a call is answered and the wait goes on', async () => {
	const { run, call, address } = await wait();
	const kept = run.data.executionData?.contextData['node:Invoke'] ?? {};
	kept.waitsForCallback = '{"round":0}';
	expect(await call(address, GOOD)).toEqual({
		status: 500,
		body: { error: 'n8n could not take the result.' },
	});
	expect((await call(address, GOOD)).status).toBe(500);
	kept.waitsForCallback = '{"round":';
	expect((await call(address, GOOD)).status).toBe(410);
});

test('a result of many megabytes is taken', async () => {
	const { call, address } = await wait();
	const text = 'x'.repeat(5_000_000);
	expect((await call(address, JSON.stringify({ text }))).branches?.success).toEqual([{ text }]);
});

test('a result that is nested ten thousand deep is answered and harms nothing', async () => {
	const { call, address } = await wait();
	const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
	const { branches } = await call(address, `{"deep":${deep}}`);
	expect(branches?.success).toHaveLength(1);
});

test.each(['a "quoted" {{ name }}', "it's $json", 'back\\slash', '报表 }} {{'])(
	'the node may be called %s',
	async (name) => {
		const { call, address } = await wait({ node: { name } });
		expect((await call(address, GOOD)).status).toBe(200);
	},
);

test('neither address nor seal comes out of a function that returns or reports its event', async () => {
	const [first, second] = [await wait(), await wait()];
	const { branches: returned } = await first.call(first.address, JSON.stringify(first.event));
	const words = { errorCode: 1, errorMessage: `POST ${second.address} failed` };
	const { branches: reported } = await second.call(second.address, JSON.stringify(words));
	expect(returned?.success).toMatchObject([{ month: '2025-03' }]);
	expect(reported?.error[0].error).toMatchObject({ category: 'function-error' });
	for (const { address } of [first, second]) {
		const seal = new URL(address).searchParams.get('seal') ?? '';
		expect(JSON.stringify([returned?.run, reported?.run])).not.toContain(seal);
	}
});
