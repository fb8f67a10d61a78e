import { installN8n, type N8nInstallation } from '../../../n8n/install/install';
import { openTogether, type Opened } from '../../../n8n/queue/opened';
import { requirePrograms } from '../../../n8n/queue/programs';
import { openQueueMode, type QueueMode } from '../../../n8n/queue/queueMode';
import type { Worker } from '../../../n8n/queue/worker';
import type { Session } from '../../../n8n/session';
import { startFunctionRunner } from '../../../sandbox/runner/functionRunner';
import { startSandbox, type Sandbox } from '../../../sandbox/server';
import { openOwnSession } from '../../e2e/harness/owner';
import { credentialOf } from '../../e2e/harness/realN8n';
import { createGate, type Gate } from '../../engine/gate';
import { buildInvokeWorkflow, type Order } from './invokeWorkflow';
import { startSlowTokens } from './slowTokens';
import { SHOP_APP } from '../../engine/accounts';

export const WORKER_CONCURRENCY = 5;
/** No function here is slow by itself, however long the gate holds it. */
const TIME_LIMIT_MS = 300_000;
const LOCK_MS = 8_000;

/** Long enough for a busy machine, short enough for a test. */
const LOCK_SETTINGS = {
	QUEUE_WORKER_LOCK_DURATION: String(LOCK_MS),
	QUEUE_WORKER_LOCK_RENEW_TIME: String(LOCK_MS / 8),
};
export const WITHOUT_STALL_CHECK = { ...LOCK_SETTINGS, QUEUE_WORKER_STALLED_INTERVAL: '0' };
export const WITH_STALL_CHECK = { ...LOCK_SETTINGS, QUEUE_WORKER_STALLED_INTERVAL: '1000' };

export interface RealQueue {
	installation: N8nInstallation;
	queue: QueueMode;
	sandbox: Sandbox;
	gate: Gate;
	/** The two that are there from the start. */
	workers: Worker[];
	session: Session;
	startWorker(settings: Readonly<Record<string, string>>): Promise<Worker>;
	/** Adds another workflow, and publishes it. */
	addWorkflow(workflow: object): Promise<void>;
	/** Starts an execution and resolves when it has ended, with the webhook's answer. */
	invoke(order: Order): Promise<{ status: number; body: unknown }>;
	close(): Promise<void>;
}

/** A main and two workers, a workflow behind a webhook, and a sandbox whose functions wait at a gate. */
export async function openRealQueue(): Promise<RealQueue> {
	return await openTogether(open);
}

async function open(opened: Opened): Promise<RealQueue> {
	const installation = await installN8n({ report: () => {} });
	const programs = await requirePrograms(() => {});
	const functions = await startFunctionRunner();
	opened.add(functions.stop);
	const gate = createGate(functions);
	const sandbox = await startSandbox({ runner: gate.runner, timeLimitMs: TIME_LIMIT_MS });
	opened.add(sandbox.close);
	const slowTokens = await startSlowTokens(sandbox.url);
	opened.add(slowTokens.close);
	const queue = await openQueueMode({ installation, programs });
	opened.add(queue.close);
	const startWorker = async (settings: Readonly<Record<string, string>>) =>
		await queue.startWorker({ concurrency: WORKER_CONCURRENCY, settings });

	const { url } = await queue.main.start();
	const [session, ...workers] = await Promise.all([
		prepareWorkflow(url, slowTokens.url),
		startWorker(WITHOUT_STALL_CHECK),
		startWorker(WITHOUT_STALL_CHECK),
	]);
	return {
		installation,
		queue,
		sandbox,
		gate,
		workers,
		session,
		startWorker,
		addWorkflow: async (workflow) => await addWorkflow(session, workflow),
		invoke: async (order) => await callWebhook(`${url}/webhook/invoke`, order),
		async close() {
			// A worker lets its executions come to their end.
			gate.open();
			await opened.close();
		},
	};
}

async function callWebhook(address: string, order: Order) {
	const answer = await fetch(address, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ idField: 'invocationId', ...order }),
	});
	return { status: answer.status, body: (await answer.json()) as unknown };
}

async function prepareWorkflow(url: string, sandboxUrl: string): Promise<Session> {
	const session = await openOwnSession(url);
	const { id, ...fields } = credentialOf('shop', sandboxUrl, SHOP_APP);
	const credential = (await session.request('POST', '/credentials', fields)) as { id: string };
	await addWorkflow(session, buildInvokeWorkflow({ id: credential.id, name: id }));
	return session;
}

async function addWorkflow(session: Session, workflow: object): Promise<void> {
	const made = (await session.request('POST', '/workflows', workflow)) as {
		id: string;
		versionId: string;
	};
	await session.request('POST', `/workflows/${made.id}/activate`, { versionId: made.versionId });
}
