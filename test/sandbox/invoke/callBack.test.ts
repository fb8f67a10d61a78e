/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests run on Node, not inside n8n */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { createSignal, invoke, invokeLater, readResult } from '../client';

interface CallBack {
	type?: string;
	body: string;
}

const REPORT = { month: '2025-03', orders: 1346, revenue: 103211.2 };

let sandbox: Sandbox;
let server: Server;
let url: string;
let calls: CallBack[];
/** What the workflow answers, call by call; then 200. */
let statuses: number[];
let ended: ReturnType<typeof createSignal>;

beforeAll(async () => {
	sandbox = await startSandbox({ onRequest: ({ path }) => path === '(delayed)' && ended.give() });
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			calls.push({
				type: request.headers['content-type'],
				body: Buffer.concat(chunks).toString(),
			});
			response.writeHead(statuses.shift() ?? 200).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/waiting`;
});

beforeEach(() => {
	calls = [];
	statuses = [];
	ended = createSignal();
	// At once, and without work: what is to be seen is the call.
	sandbox.faults.set('monthlyReport', { delaySeconds: 0, event: { workMs: 0 } });
});

afterEach(() => sandbox.faults.clear());

afterAll(async () => {
	await sandbox.close();
	await new Promise((resolve) => server.close(resolve));
});

/** Until the run has ended. */
async function report(event: object = {}): Promise<void> {
	const data = JSON.stringify({ callbackUrl: url, ...event });
	const { data: answer } = await invokeLater(sandbox, { function_name: 'monthlyReport', data });
	expect(answer.errcode).toBe(0);
	await ended.given;
}

test('the function calls back with its result as JSON', async () => {
	await report();
	expect(calls).toEqual([{ type: 'application/json', body: JSON.stringify(REPORT) }]);
});

test('an error of the function is called back in the shape of the runtime', async () => {
	await report({ month: '2025-13' });
	expect(calls.map(({ body }) => JSON.parse(body))).toEqual([
		{ errorCode: 1, errorMessage: 'there are no sales for "2025-13"' },
	]);
});

test.each([409, 503])('a call that is answered %i is made again', async (status) => {
	statuses = [status];
	await report();
	expect(calls).toHaveLength(2);
	expect(calls[1]).toEqual(calls[0]);
});

test.each([401, 404, 410, 413])('a call that is answered %i is not made again', async (status) => {
	statuses = [status];
	await report();
	expect(calls).toHaveLength(1);
	const run = sandbox.log.filter(({ path }) => path === '(delayed)').at(-1);
	expect(run).toMatchObject({ errcode: -504002 });
});

test.each([
	['never', []],
	['twice', [JSON.stringify(REPORT), JSON.stringify(REPORT)]],
	['text', ['the report is ready']],
	['throws', [JSON.stringify({ errorCode: 1, errorMessage: 'the accounts are locked' })]],
])('goesWrong: %s', async (goesWrong, bodies) => {
	await report({ goesWrong });
	expect(calls.map(({ body }) => body)).toEqual(bodies);
});

test('goesWrong: large, more than n8n takes', async () => {
	await report({ goesWrong: 'large' });
	expect(calls).toHaveLength(1);
	expect(calls[0].body.length).toBeGreaterThan(16 * 1024 * 1024);
});

test('the call may come before the answer to whoever asked for the run', async () => {
	sandbox.faults.set('monthlyReport', { delaySeconds: 0, delayMs: 2_000, event: { workMs: 0 } });
	const asked = invokeLater(sandbox, {
		function_name: 'monthlyReport',
		data: JSON.stringify({ callbackUrl: url }),
	});
	const first = await Promise.race([asked.then(() => 'answer'), ended.given.then(() => 'call')]);
	expect(first).toBe('call');
	await asked;
	expect(calls).toHaveLength(1);
});

test('without an address to call it is a function as any other', async () => {
	expect(readResult(await invoke(sandbox, 'monthlyReport', { month: '2025-02' }))).toEqual({
		month: '2025-02',
		orders: 1207,
		revenue: 91460.5,
	});
	expect(calls).toEqual([]);
});
