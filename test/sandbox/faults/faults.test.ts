import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { createSignal, invoke, readResult, RID } from '../client';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterAll(async () => {
	await sandbox.close();
});

let lastPhone = 13_900_000_000;

/** A form of its own for each test; the function counts how often it gets one. */
function createForm() {
	lastPhone += 1;
	return { name: 'Li Lei', phone: String(lastPhone) };
}

async function countRuns(form: ReturnType<typeof createForm>): Promise<number> {
	const result = readResult(await invoke(sandbox, 'signUp', form)) as { submissions: number };
	return result.submissions - 1;
}

test.each([
	[-1, 'system error'],
	[40014, 'invalid access_token'],
	[40101, 'missing parameter'],
	[41001, 'access_token missing'],
	[42001, 'access_token expired'],
	[43002, 'require POST method'],
	[44002, 'empty post data'],
	[85088, 'no qbase privilege'],
	[-501003, 'exceed request limit'],
])('an errcode (%i) is answered instead of running the function', async (errcode, text) => {
	const form = createForm();
	const { data } = await invoke(sandbox, 'signUp', { ...form, sandbox: { errcode } });
	expect(data.errcode).toBe(errcode);
	expect(data.errmsg.replace(RID, '')).toBe(text);
	expect(await countRuns(form)).toBe(0);
});

test('an errmsg replaces the usual text', async () => {
	const fault = { errcode: 45011, errmsg: 'api minute-quota reach limit' };
	const { data } = await invoke(sandbox, 'echo', { sandbox: fault });
	expect(data.errmsg).toMatch(/^api minute-quota reach limit rid: /);
});

test('times: the first calls fail, the next one gets through', async () => {
	const body = { order: 1, sandbox: { errcode: -1, times: 2 } };
	const codes = [];
	for (let count = 0; count < 4; count++) {
		codes.push((await invoke(sandbox, 'echo', body)).data.errcode);
	}
	expect(codes).toEqual([-1, -1, 0, 0]);
	const other = await invoke(sandbox, 'echo', { ...body, order: 2 });
	expect(other.data.errcode).toBe(-1);
});

test('the function does not see the instruction', async () => {
	const answer = await invoke(sandbox, 'echo', { a: 1, sandbox: { delayMs: 1 } });
	expect(readResult(answer)).toEqual({ a: 1, userInfo: { appId: 'wx-sandbox-shop' } });
});

test('reset: the connection breaks after the function has run', async () => {
	const form = createForm();
	const broken = invoke(sandbox, 'signUp', { ...form, sandbox: { reset: true } });
	await expect(broken).rejects.toMatchObject({ code: 'ECONNRESET' });
	expect(await countRuns(form)).toBe(1);
	expect(sandbox.log).toContainEqual(
		expect.objectContaining({ function: 'signUp', errcode: null }),
	);
});

test('hang: no answer comes, not even when the function has run', async () => {
	const ran = createSignal();
	const own = await startSandbox({ onRequest: ran.give });
	const pending = invoke(own, 'echo', { sandbox: { hang: true } });
	const ended = expect(pending).rejects.toMatchObject({ code: 'ECONNRESET' });
	await ran.given;
	await own.close();
	await ended;
});

test('status and body: an answer that is not from WeChat, after the function has run', async () => {
	const form = createForm();
	const fault = { status: 502, body: '<html>Bad Gateway</html>' };
	const answer = await invoke(sandbox, 'signUp', { ...form, sandbox: fault });
	expect(answer.status).toBe(502);
	expect(answer.data).toBe(fault.body);
	expect(answer.headers['content-type']).toContain('text/html');
	expect(await countRuns(form)).toBe(1);
});

test("body alone: WeChat's status with any text, such as numbers too large for JavaScript", async () => {
	const body = '{"errcode":0,"errmsg":"ok","resp_data":"{\\"id\\":9007199254740993}"}';
	const { status, data } = await invoke(sandbox, 'echo', { sandbox: { body } });
	expect(status).toBe(200);
	expect(data.resp_data).toBe('{"id":9007199254740993}');
});

test('thrownErrorAs: an error comes back as a success that describes it', async () => {
	const fault = { thrownErrorAs: 'resp_data' };
	const { data } = await invoke(sandbox, 'echo', { throws: 'sold out', sandbox: fault });
	expect(data).toMatchObject({ errcode: 0, errmsg: 'ok' });
	expect(JSON.parse(data.resp_data)).toEqual({
		errorCode: 1,
		errorMessage: 'sold out',
		stackTrace: expect.stringContaining('/var/user/echo/index.js'),
	});
});

test.each([
	['text', 'sandbox must be an object'],
	[{ delayMS: 5 }, 'sandbox.delayMS is not an instruction'],
	[{ delayMs: 'long' }, 'sandbox.delayMs must be a whole number of milliseconds'],
	[{ status: 99 }, 'sandbox.status must be an HTTP status'],
	[{ half: 'yes' }, 'sandbox.half must be true'],
	[{ html: 1 }, 'sandbox.html must be true'],
	[{ redirect: '/' }, 'sandbox.redirect must be true'],
	[{ retryAfterSeconds: -1 }, 'sandbox.retryAfterSeconds must be a whole number of seconds'],
])('the instruction %j is refused with the reason', async (fault, reason) => {
	const { data } = await invoke(sandbox, 'echo', { sandbox: fault });
	expect(data.errcode).toBe(-501007);
	expect(data.errmsg).toContain(reason);
});
