/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { setTimeout as pause } from 'node:timers/promises';
import { COMPONENTS } from '../sandbox/accounts/components';
import type { PushControls } from '../sandbox/openPlatform/pushes/controls';
import { findEventAddress } from './demo';

const TICKET_INTERVAL_MS = 600_000;
const POLL_MS = 200;
const LIMIT_MS = 60_000;
const NOT_FOUND = 404;

/** Lets the sandbox push tickets to the demo's n8n as WeChat does: once n8n listens, and every 10 minutes. */
export async function startPushes(
	pushes: PushControls,
	n8nUrl: string,
	signal: AbortSignal,
): Promise<void> {
	const [{ appId }] = COMPONENTS;
	const address = findEventAddress(n8nUrl);
	await waitForListener(address, signal);
	pushes.setEventUrl(appId, address);
	pushes.scheduleTickets(appId, TICKET_INTERVAL_MS);
}

/** n8n is ready before its published workflows listen. An empty push is refused by a workflow that does. */
export async function waitForListener(address: string, signal?: AbortSignal): Promise<void> {
	for (let left = LIMIT_MS; left > 0; left -= POLL_MS) {
		const { status } = await fetch(address, { method: 'POST', signal });
		if (status !== NOT_FOUND) return;
		await pause(POLL_MS, undefined, { signal });
	}
	throw new Error(`No workflow listens at ${address}.`);
}
