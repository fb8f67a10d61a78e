/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeDemoCredentials } from '../../demo/credentials';
import type { StoredWorkflow } from '../../n8n/commands';
import type { N8nServer } from '../../n8n/server';
import type { Session } from '../../n8n/session';
import { startFunctionRunner, type FunctionRunner } from '../../sandbox/runner/functionRunner';
import { createGate, type Gate } from '../engine/gate';
import {
	buildCallbackWorkflow,
	callBack,
	findAddress,
	listTold,
	until,
	type Report,
	type Told,
} from './harness/workflows/callbackWorkflow';
import { openOwnSession } from './harness/owner';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	readExample,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from './harness/realN8n';

jest.setTimeout(TEST_TIMEOUT_MS);

const WORKFLOW = 'callback1';
const FOLLOWED = 'followed1';
const MANY = 100;
/** n8n's own limit is 16 MB. */
const FAR_TOO_LARGE_BYTES = 17 * 1024 * 1024;

let real: RealN8n;
let server: N8nServer;
let functions: FunctionRunner;
let gate: Gate;
let session: Session;
let example: StoredWorkflow;
const addresses: string[] = [];

beforeAll(async () => {
	functions = await startFunctionRunner();
	gate = createGate(functions);
	real = await openRealN8n({}, { runner: gate.runner });
	const { n8n, sandbox } = real;
	const shopApp = { appId: 'wx-sandbox-shop', appSecret: 'sandbox-dummy-secret' };
	await n8n.importCredentials([
		credentialOf('shop', sandbox.url, shopApp),
		...makeDemoCredentials(sandbox.url),
	]);
	const wait = { resume: 'webhook', httpMethod: 'POST', options: {} };
	example = await readExample('long-report.json');
	await n8n.importWorkflows([
		example,
		buildCallbackWorkflow(WORKFLOW, { id: 'shop', name: 'shop' }),
		buildCallbackWorkflow(
			FOLLOWED,
			{ id: 'shop', name: 'shop' },
			{ type: 'n8n-nodes-base.wait', typeVersion: 1.1, parameters: wait },
		),
	]);
	await n8n.publish(WORKFLOW);
	await n8n.publish(FOLLOWED);
	server = await n8n.start();
	session = await openOwnSession(server.url);
	// At once instead of after 6 seconds.
	sandbox.faults.set('echo', { delaySeconds: 0 });
	sandbox.faults.set('monthlyReport', { delaySeconds: 0 });
	await start({ id: 'never', functionName: 'monthlyReport', goesWrong: 'never', limitSeconds: 60 });
}, OPEN_TIMEOUT_MS);

afterAll(async () => {
	gate.open();
	await real.close();
	await functions.stop();
});

async function start(report: Report, workflow = WORKFLOW): Promise<void> {
	const address = `${server.url}/webhook/${workflow}`;
	// n8n serves its workflows a moment after it is ready.
	const status = await until(async () => {
		const answered = await callBack(address, JSON.stringify(report));
		return answered === 404 ? undefined : answered;
	});
	expect(status).toBe(200);
}

/** An execution whose function does not call by itself. */
async function startSilent(id: string, workflow = WORKFLOW): Promise<string> {
	await start({ id, functionName: 'echo' }, workflow);
	const address = await findAddress(gate, id);
	addresses.push(address);
	return address;
}

const told = (id: string) => listTold(real.sandbox.log).filter((each) => each[0] === id);

async function findTold(id: string): Promise<Told> {
	return await until(() => told(id)[0]);
}

/** Calls again, as a function does, while the wait is not saved yet or n8n's database is slow to answer. */
async function callUntilHeard(address: string, ...call: [string?, Record<string, string>?]) {
	return await until(async () => {
		const status = await callBack(address, ...call);
		return status === 409 || status === 503 ? undefined : status;
	});
}

test('a function of 8 seconds gives its result, one that throws takes the error branch', async () => {
	await start({ id: 'long', functionName: 'monthlyReport', month: '2025-03' });
	await start({ id: 'throws', functionName: 'monthlyReport', goesWrong: 'throws' });
	expect(await findTold('long')).toEqual([
		'long',
		'success',
		{ month: '2025-03', orders: 1346, revenue: 103211.2 },
	]);
	const [, branch, { id, error }] = await findTold('throws');
	expect([branch, id]).toEqual(['error', 'throws']);
	expect(error).toMatchObject({
		category: 'function-error',
		message: '"monthlyReport" ran and failed: the accounts are locked.',
		requestData: expect.stringContaining('"callbackUrl":"[removed]"'),
	});
});

test('a call that comes before the wait is saved is made again and taken', async () => {
	const early = { delaySeconds: 0, delayMs: 2000, event: { workMs: 0 } };
	real.sandbox.faults.set('monthlyReport', early);
	await start({ id: 'early', functionName: 'monthlyReport' });
	expect((await findTold('early'))[1]).toBe('success');
	real.sandbox.faults.set('monthlyReport', { delaySeconds: 0, event: { workMs: 0 } });
});

test('calls that are forged, or bring no result, change nothing; the good one is taken once', async () => {
	const address = await startSilent('forged');
	const change = (name: string, value?: string) => {
		const url = new URL(address);
		if (value === undefined) url.searchParams.delete(name);
		else url.searchParams.set(name, value);
		return url.href;
	};
	const { origin, pathname } = new URL(address);
	expect(await callUntilHeard(change('seal'))).toBe(401);
	expect(await callBack(change('seal', 'f'.repeat(64)))).toBe(401);
	expect(await callBack(change('round', '7'))).toBe(401);
	expect(await callBack(`${origin}${pathname}`)).toBe(401);
	expect((await fetch(address)).status).toBe(404);
	expect(await callBack(address, 'ready', { 'content-type': 'text/plain' })).toBe(400);
	expect(await callBack(address, '')).toBe(400);
	expect(await callBack(address, '{"n":')).toBeGreaterThanOrEqual(400);
	const form = new FormData();
	form.set('n', '1');
	expect(await callBack(address, form, {})).toBeGreaterThanOrEqual(400);
	const large = JSON.stringify({ text: 'x'.repeat(FAR_TOO_LARGE_BYTES) });
	expect(await callBack(address, large)).toBeGreaterThanOrEqual(400);
	expect(told('forged')).toEqual([]);
	expect(await callBack(address, '{"orderId":9007199254740993}')).toBe(200);
	expect(await findTold('forged')).toEqual(['forged', 'success', { orderId: '9007199254740993' }]);
	expect(await until(async () => (await callBack(address)) || undefined)).toBe(409);
	expect(told('forged')).toHaveLength(1);
});

test("a call that comes late does not end the wait of n8n's own Wait node behind it", async () => {
	const address = await startSilent('late', FOLLOWED);
	expect(await callUntilHeard(address)).toBe(200);
	await until(async () => (await callBack(address)) === 404 || undefined);
	expect(told('late')).toEqual([]);
});

test('of two calls at the same moment one is taken', async () => {
	real.sandbox.faults.set('monthlyReport', { delaySeconds: 1, event: { workMs: 0 } });
	await start({ id: 'twice', functionName: 'monthlyReport', goesWrong: 'twice' });
	const address = await startSilent('two');
	expect(await callUntilHeard(address, 'no JSON', { 'content-type': 'text/plain' })).toBe(400);
	// The other one gets 409, and 500 where n8n itself tells them apart.
	expect(await Promise.all([callBack(address), callBack(address)])).toContain(200);
	await findTold('two');
	await findTold('twice');
	expect([told('two').length, told('twice').length]).toEqual([1, 1]);
});

test(`${MANY} executions wait at once, and each gets its own result`, async () => {
	const ids = Array.from({ length: MANY }, (_, i) => `many${i}`);
	const waiting = await Promise.all(ids.map(async (id) => await startSilent(id)));
	// As a function does: on a busy machine n8n refuses some for the moment.
	const calls = waiting.map(
		async (address, n) =>
			await until(async () => {
				const status = await callBack(address, JSON.stringify({ n }));
				return status === 200 || told(ids[n]).length > 0 || undefined;
			}),
	);
	await Promise.all(calls);
	const results = await Promise.all(ids.map(async (id) => await findTold(id)));
	expect(results).toEqual(ids.map((id, n) => [id, 'success', { n }]));
	expect(ids.flatMap(told)).toHaveLength(MANY);
});

test('the example goes on with its report', async () => {
	await real.n8n.execute(example.id);
	const filter = encodeURIComponent(JSON.stringify({ workflowId: example.id }));
	const id = await until(async () => {
		const { results } = (await session.request('GET', `/executions?filter=${filter}`)) as {
			results: Array<{ id: string; status: string }>;
		};
		return results.find(({ status }) => status === 'success')?.id;
	});
	expect(await session.request('GET', `/executions/${id}`)).toMatchObject({
		data: expect.stringContaining('2025-03: 1346 orders, 103211.2 yuan'),
	});
});

test('n8n is killed while it waits, and started again: the result comes all the same', async () => {
	gate.closeAfter(0);
	await start({ id: 'killed', functionName: 'monthlyReport' });
	const address = await findAddress(gate, 'killed');
	expect(await callUntilHeard(address, 'no JSON', { 'content-type': 'text/plain' })).toBe(400);
	await server.kill();
	server = await real.n8n.start();
	gate.open();
	expect(await findTold('killed')).toMatchObject(['killed', 'success', { orders: 1346 }]);
});

test('a function that never calls: at the limit the item leaves through the error branch', async () => {
	const [, branch, { error, ...input }] = await findTold('never');
	expect(branch).toBe('error');
	expect(input).toMatchObject({ id: 'never', limitSeconds: 60 });
	expect(error).toMatchObject({
		category: 'outcome-unknown',
		mayHaveRun: true,
		message: '"monthlyReport" may have run: it did not call back within a minute.',
	});
});

test("no address in n8n's own log", async () => {
	const log = await readFile(path.join(real.n8n.userFolder, 'n8n.log'), 'utf8');
	expect(log).toContain('Editor is now accessible');
	const seals = addresses.map((address) => new URL(address).searchParams.get('seal') ?? '');
	expect(seals.length).toBeGreaterThan(MANY);
	expect(seals.filter((seal) => seal === '' || log.includes(seal))).toEqual([]);
});
