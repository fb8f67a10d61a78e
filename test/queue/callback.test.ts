import type { Worker } from '../../n8n/queue/worker';
import {
	buildCallbackWorkflow,
	callBack,
	findAddress,
	listTold,
	until,
	type Report,
} from '../e2e/harness/workflows/callbackWorkflow';
import { openRealQueue, type RealQueue } from './harness/realQueue';

const OPEN_TIMEOUT_MS = 300_000;
jest.setTimeout(200_000);

const WORKFLOW = 'callback1';
const EXECUTIONS = 20;

let real: RealQueue;
beforeAll(async () => {
	real = await openRealQueue();
	const { session, sandbox } = real;
	const [credential] = (await session.request('GET', '/credentials')) as Array<{
		id: string;
		name: string;
	}>;
	const workflow = buildCallbackWorkflow(WORKFLOW, { id: credential.id, name: credential.name });
	await real.addWorkflow(workflow);
	// At once instead of after 6 seconds.
	sandbox.faults.set('echo', { delaySeconds: 0 });
	sandbox.faults.set('monthlyReport', { delaySeconds: 0, event: { workMs: 0 } });
}, OPEN_TIMEOUT_MS);
afterAll(async () => await real.close(), OPEN_TIMEOUT_MS);

async function start(report: Report): Promise<string> {
	const address = `${real.queue.main.url}/webhook/${WORKFLOW}`;
	// n8n serves a workflow a moment after it was published.
	await until(async () => (await callBack(address, JSON.stringify(report))) === 200 || undefined);
	return await findAddress(real.gate, report.id);
}

const findTold = async (id: string) =>
	await until(() => listTold(real.sandbox.log).find((each) => each[0] === id));

/** A body that is no result shows whether the wait is saved, and changes nothing. */
async function waitUntilSaved(address: string): Promise<void> {
	await until(async () => {
		const status = await callBack(address, 'no JSON', { 'content-type': 'text/plain' });
		return status === 400 || undefined;
	});
}

test(`${EXECUTIONS} executions wait at once, over two workers, and each gets its own result`, async () => {
	const ids = Array.from({ length: EXECUTIONS }, (_, i) => `many${i}`);
	const addresses = await Promise.all(
		ids.map(async (id) => await start({ id, functionName: 'echo' })),
	);
	await Promise.all(addresses.map(waitUntilSaved));
	const statuses = await Promise.all(
		addresses.map(async (address, n) => await callBack(address, JSON.stringify({ n }))),
	);
	expect(statuses).toEqual(ids.map(() => 200));
	const results = await Promise.all(ids.map(findTold));
	expect(results).toEqual(ids.map((id, n) => [id, 'success', { n }]));
});

test('the worker that began is killed while the execution waits: another one goes on with the result', async () => {
	const { gate, workers } = real;
	gate.closeAfter(0);
	const address = await start({ id: 'killed', functionName: 'monthlyReport' });
	await waitUntilSaved(address);
	const [executionId] = /\d+/.exec(new URL(address).pathname) ?? [];
	const began = await until(async () => await findStarter(workers, String(executionId)));
	await began.kill();
	gate.open();
	expect(await findTold('killed')).toMatchObject(['killed', 'success', { month: '2025-03' }]);
	const [other] = workers.filter((worker) => worker !== began);
	expect(await other.listStarted()).toContain(executionId);
	real.workers = [other];
});

async function findStarter(workers: Worker[], executionId: string): Promise<Worker | undefined> {
	for (const worker of workers) {
		if ((await worker.listStarted()).includes(executionId)) return worker;
	}
	return undefined;
}
