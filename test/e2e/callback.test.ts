/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
	callUntilHeard,
	FOLLOWED_WORKFLOW,
	openCallbackN8n,
	type CallbackN8n,
} from './harness/callbackN8n';
import { openOwnSession } from './harness/owner';
import { OPEN_TIMEOUT_MS, TEST_TIMEOUT_MS } from './harness/realN8n';
import { callBack, findAddress, until } from './harness/workflows/callbackWorkflow';

jest.setTimeout(TEST_TIMEOUT_MS);

const MANY = 100;
/** n8n's own limit is 16 MB. */
const FAR_TOO_LARGE_BYTES = 17 * 1024 * 1024;

let callbacks: CallbackN8n;

beforeAll(async () => {
	callbacks = await openCallbackN8n();
	await callbacks.start({
		id: 'never',
		functionName: 'monthlyReport',
		goesWrong: 'never',
		limitSeconds: 60,
	});
}, OPEN_TIMEOUT_MS);

afterAll(async () => await callbacks.close());

test('a function of 8 seconds gives its result, one that throws takes the error branch', async () => {
	await callbacks.start({ id: 'long', functionName: 'monthlyReport', month: '2025-03' });
	await callbacks.start({ id: 'throws', functionName: 'monthlyReport', goesWrong: 'throws' });
	expect(await callbacks.findTold('long')).toEqual([
		'long',
		'success',
		{ month: '2025-03', orders: 1346, revenue: 103211.2 },
	]);
	const [, branch, { id, error }] = await callbacks.findTold('throws');
	expect([branch, id]).toEqual(['error', 'throws']);
	expect(error).toMatchObject({
		category: 'function-error',
		message: '"monthlyReport" ran and failed: the accounts are locked.',
		requestData: expect.stringContaining('"callbackUrl":"[removed]"'),
	});
});

test('a call that comes before the wait is saved is made again and taken', async () => {
	const early = { delaySeconds: 0, delayMs: 2000, event: { workMs: 0 } };
	callbacks.real.sandbox.faults.set('monthlyReport', early);
	await callbacks.start({ id: 'early', functionName: 'monthlyReport' });
	expect((await callbacks.findTold('early'))[1]).toBe('success');
	callbacks.real.sandbox.faults.set('monthlyReport', { delaySeconds: 0, event: { workMs: 0 } });
});

test('calls that are forged, or bring no result, change nothing; the good one is taken once', async () => {
	const address = await callbacks.startSilent('forged');
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
	expect(callbacks.told('forged')).toEqual([]);
	expect(await callBack(address, '{"orderId":9007199254740993}')).toBe(200);
	expect(await callbacks.findTold('forged')).toEqual([
		'forged',
		'success',
		{ orderId: '9007199254740993' },
	]);
	expect(await until(async () => (await callBack(address)) || undefined)).toBe(409);
	expect(callbacks.told('forged')).toHaveLength(1);
});

test("a call that comes late does not end the wait of n8n's own Wait node behind it", async () => {
	const address = await callbacks.startSilent('late', FOLLOWED_WORKFLOW);
	expect(await callUntilHeard(address)).toBe(200);
	await until(async () => (await callBack(address)) === 404 || undefined);
	expect(callbacks.told('late')).toEqual([]);
});

test('of two calls at the same moment one is taken', async () => {
	callbacks.real.sandbox.faults.set('monthlyReport', { delaySeconds: 1, event: { workMs: 0 } });
	await callbacks.start({ id: 'twice', functionName: 'monthlyReport', goesWrong: 'twice' });
	const address = await callbacks.startSilent('two');
	expect(await callUntilHeard(address, 'no JSON', { 'content-type': 'text/plain' })).toBe(400);
	// The other one gets 409, and 500 where n8n itself tells them apart.
	expect(await Promise.all([callBack(address), callBack(address)])).toContain(200);
	await callbacks.findTold('two');
	await callbacks.findTold('twice');
	expect([callbacks.told('two').length, callbacks.told('twice').length]).toEqual([1, 1]);
});

test(`${MANY} executions wait at once, and each gets its own result`, async () => {
	const ids = Array.from({ length: MANY }, (_, i) => `many${i}`);
	const waiting = await Promise.all(ids.map(async (id) => await callbacks.startSilent(id)));
	// As a function does: on a busy machine n8n refuses some for the moment.
	const calls = waiting.map(
		async (address, n) =>
			await until(async () => {
				const status = await callBack(address, JSON.stringify({ n }));
				return status === 200 || callbacks.told(ids[n]).length > 0 || undefined;
			}),
	);
	await Promise.all(calls);
	const results = await Promise.all(ids.map(async (id) => await callbacks.findTold(id)));
	expect(results).toEqual(ids.map((id, n) => [id, 'success', { n }]));
	expect(ids.flatMap(callbacks.told)).toHaveLength(MANY);
});

test('the example goes on with its report', async () => {
	await callbacks.real.n8n.execute(callbacks.example.id);
	const filter = encodeURIComponent(JSON.stringify({ workflowId: callbacks.example.id }));
	const session = await openOwnSession(callbacks.server().url);
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
	callbacks.gate.closeAfter(0);
	await callbacks.start({ id: 'killed', functionName: 'monthlyReport' });
	const address = await findAddress(callbacks.gate, 'killed');
	expect(await callUntilHeard(address, 'no JSON', { 'content-type': 'text/plain' })).toBe(400);
	await callbacks.killAndStart();
	callbacks.gate.open();
	expect(await callbacks.findTold('killed')).toMatchObject(['killed', 'success', { orders: 1346 }]);
});

test('a function that never calls: at the limit the item leaves through the error branch', async () => {
	const [, branch, { error, ...input }] = await callbacks.findTold('never');
	expect(branch).toBe('error');
	expect(input).toMatchObject({ id: 'never', limitSeconds: 60 });
	expect(error).toMatchObject({
		category: 'outcome-unknown',
		mayHaveRun: true,
		message: '"monthlyReport" may have run: it did not call back within a minute.',
	});
});

test("no address in n8n's own log", async () => {
	const log = await readFile(path.join(callbacks.real.n8n.userFolder, 'n8n.log'), 'utf8');
	expect(log).toContain('Editor is now accessible');
	const seals = callbacks.addresses.map(
		(address) => new URL(address).searchParams.get('seal') ?? '',
	);
	expect(seals.length).toBeGreaterThan(MANY);
	expect(seals.filter((seal) => seal === '' || log.includes(seal))).toEqual([]);
});
