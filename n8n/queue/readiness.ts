/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessGroup } from '../processGroup';

const READY_WITHIN_MS = 30_000;
const POLL_INTERVAL_MS = 50;

/** Waits until a program that was just started serves; if it doesn't, ends it and rejects with what it printed. */
export async function waitUntilServing(
	name: string,
	group: ProcessGroup,
	isServing: () => Promise<boolean>,
): Promise<void> {
	let hasEnded = false;
	const markEnded = () => {
		hasEnded = true;
	};
	group.finished.then(markEnded, markEnded);
	const deadline = Date.now() + READY_WITHIN_MS;
	while (!hasEnded && Date.now() < deadline) {
		if (await isServing()) return;
		await sleep(POLL_INTERVAL_MS);
	}
	await group.kill();
	const { stdout, stderr } = await group.finished;
	throw new Error(`${name} could not be started. It printed:\n${(stdout + stderr).trim()}`);
}
