/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';
import { logIn, setUpOwner } from '../../n8n/session';
import type { NewWorkflow } from '../plan/workflow';
import { callWebhook } from './webhook';

const OWNER = {
	email: 'bench@example.com',
	firstName: 'Bench',
	lastName: 'User',
	password: 'Sandbox-Bench-1',
};
const WAIT_LIMIT_MS = 60_000;
const POLL_INTERVAL_MS = 200;

/** Makes the workflows in a running n8n that has no owner yet; resolves when all of them take calls. */
export async function publishWorkflows(
	url: string,
	workflows: NewWorkflow[],
	signal: AbortSignal,
): Promise<void> {
	await setUpOwner(url, OWNER);
	const { request } = await logIn(url, OWNER);
	for (const workflow of workflows) {
		const made = (await request('POST', '/workflows', workflow)) as Made;
		await request('POST', `/workflows/${made.id}/activate`, { versionId: made.versionId });
	}
	for (const { name } of workflows) await waitUntilLive(url, name, signal);
}

interface Made {
	id: string;
	versionId: string;
}

/** n8n takes calls for a workflow only some time after it has published it. */
export async function waitUntilLive(
	url: string,
	workflow: string,
	signal: AbortSignal,
): Promise<void> {
	await poll(async () => void (await callWebhook(url, workflow, { rows: 1 }, signal)), signal);
}

/** After a run that kept it busy, n8n may say for a while that its database is not ready. */
export async function waitUntilReady(url: string, signal: AbortSignal): Promise<void> {
	await poll(async () => {
		const answer = await fetch(`${url}/healthz/readiness`, { signal });
		if (!answer.ok) throw new Error(`n8n is not ready: ${await answer.text()}`);
	}, signal);
}

async function poll(check: () => Promise<void>, signal: AbortSignal): Promise<void> {
	const deadline = Date.now() + WAIT_LIMIT_MS;
	for (;;) {
		const failure = await check().then(
			() => undefined,
			(error: Error) => error,
		);
		if (failure === undefined) return;
		if (Date.now() > deadline) throw failure;
		await sleep(POLL_INTERVAL_MS, undefined, { signal });
	}
}
