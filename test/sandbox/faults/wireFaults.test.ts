import axios from 'axios';
import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { call, invoke, SHOP, type Call } from '../client';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterAll(async () => {
	await sandbox.close();
});

let itemKey = 0;

// A key of its own for each test, to count the runs by.
beforeEach(() => {
	itemKey += 1;
});

async function invokeWith(fault: object, event: object = {}, change?: Call) {
	return await invoke(sandbox, 'echo', { ...event, itemKey, sandbox: fault }, change);
}

/** The head of an answer, and as much of its body as arrives. */
async function receive(
	fault: object,
	event: object,
	encoding: BufferEncoding = 'utf8',
	pieces: number[] = [],
) {
	const access_token = sandbox.tokens.issue(SHOP.appid);
	const { status, headers, data } = await axios.request({
		baseURL: sandbox.url,
		url: '/tcb/invokecloudfunction',
		method: 'POST',
		params: { access_token, env: 'shop-demo', name: 'echo' },
		data: { ...event, itemKey, sandbox: fault },
		responseType: 'stream',
		validateStatus: () => true,
	});
	const chunks: Buffer[] = [];
	const end = await readAll(data, chunks).catch((error: { code?: string }) => error.code);
	pieces.push(...chunks.map(({ length }) => length));
	return { status, headers, end, text: Buffer.concat(chunks).toString(encoding) };
}

async function readAll(stream: AsyncIterable<Buffer>, chunks: Buffer[]): Promise<string> {
	for await (const chunk of stream) chunks.push(chunk);
	return 'complete';
}

test('half: the answer ends halfway, after the function has run', async () => {
	const { status, headers, end, text } = await receive({ half: true }, { reply: 'x'.repeat(1000) });
	expect(status).toBe(200);
	expect(headers['content-type']).toContain('application/json');
	expect(text).toMatch(/^\{"errcode":0,"errmsg":"ok","resp_data":"\\"x+$/);
	expect(text.length).toBe(Math.floor(Number(headers['content-length']) / 2));
	expect(end).toBe('ECONNRESET');
	expect(sandbox.runs('echo', itemKey)).toBe(1);
});

test('half: an answer of another status ends halfway too', async () => {
	const { status, end, text } = await receive({ half: true, status: 502, body: '<p>…</p>' }, {});
	expect(status).toBe(502);
	expect(text).toMatch(/^<p>/);
	expect(end).toBe('ECONNRESET');
});

test('half: a caller who wants the whole answer has an error', async () => {
	await expect(invokeWith({ half: true })).rejects.toThrow('stream has been aborted');
});

test('html: a login page with status 200, and the function does not run', async () => {
	const { status, headers, data } = await invokeWith({ html: true });
	expect(status).toBe(200);
	expect(headers['content-type']).toContain('text/html');
	expect(data).toContain('Please log in');
	expect(sandbox.runs('echo', itemKey)).toBe(0);
});

test('redirect: a 302 to another address of the sandbox, and the function does not run', async () => {
	const { status, headers } = await invokeWith({ redirect: true });
	expect(status).toBe(302);
	expect(headers.location).toMatch(/^\/sandbox\//);
	expect(sandbox.log.at(-1)).toMatchObject({ status: 302, errcode: null });
	expect(sandbox.runs('echo', itemKey)).toBe(0);

	const page = await call(sandbox, headers.location, { method: 'GET' });
	expect(page.status).toBe(200);
	expect(page.data).toContain('Please log in');
	expect(sandbox.log.at(-1)).toMatchObject({ method: 'GET', path: headers.location });
});

test.each([
	['an errcode', { errcode: 45011 }, 0],
	['an HTTP status', { status: 503 }, 1],
	['a result', {}, 1],
	['a page', { html: true }, 0],
])('retryAfterSeconds: a header beside %s', async (_kind, fault, runs) => {
	const plain = await invokeWith(fault);
	expect(plain.headers).not.toHaveProperty('retry-after');
	const { status, headers, data } = await invokeWith({ ...fault, retryAfterSeconds: 7 });
	expect(headers['retry-after']).toBe('7');
	expect(status).toBe(plain.status);
	expect(data.errcode).toBe(plain.data.errcode);
	expect(sandbox.runs('echo', itemKey)).toBe(2 * runs);
});

test('retryAfterSeconds: half an answer has the header too', async () => {
	const { headers } = await receive({ half: true, retryAfterSeconds: 7 }, {});
	expect(headers['retry-after']).toBe('7');
});

test('bodyBase64: any bytes, such as some that are no UTF-8', async () => {
	const { text, headers } = await receive({ bodyBase64: 'ewP/fQ==' }, {}, 'latin1');
	expect(text).toBe('{\x03\xff}');
	expect(headers['content-length']).toBe('4');
	expect(sandbox.runs('echo', itemKey)).toBe(1);
});

test('headers: an answer has those that are told, beside its own or in their place', async () => {
	const headers = { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT', 'Content-Type': 'text/xml' };
	const answer = await receive({ headers }, { reply: 1 });
	expect(answer.headers).toMatchObject({
		'retry-after': headers['Retry-After'],
		'content-type': 'text/xml',
	});
	expect(JSON.parse(answer.text)).toMatchObject({ errcode: 0, resp_data: '1' });
});

test('trickleMs: the whole answer, byte by byte', async () => {
	const pieces: number[] = [];
	const answer = await receive({ trickleMs: 5, body: '{"a":"ä"}' }, {}, 'utf8', pieces);
	expect(answer).toMatchObject({ end: 'complete', text: '{"a":"ä"}' });
	expect(answer.headers['content-length']).toBe('10');
	expect(pieces.length).toBeGreaterThan(5);
});

test('delayMs: a page and a redirect come later too', async () => {
	const delayMs = 1_000_000_000;
	const abort = new AbortController();
	const { signal } = abort;
	const late = [
		{ html: true, delayMs },
		{ redirect: true, delayMs },
	].map(
		async (fault) => await invokeWith(fault, {}, { signal }).catch((error: Error) => error.name),
	);
	await invokeWith({ html: true }); // an answer to the first two would have come before this one's
	abort.abort();
	expect(await Promise.all(late)).toEqual(['CanceledError', 'CanceledError']);
});
