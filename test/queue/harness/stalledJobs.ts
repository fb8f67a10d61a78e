/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { N8nInstallation } from '../../../n8n/install/install';

const CHECK_INTERVAL_MS = 250;
/** n8n's name for its queue. */
const QUEUE_NAME = 'jobs';

/** The part of Bull, the queue n8n is built on, that is used here. */
interface BullQueue {
	once(event: 'stalled', listener: () => void): void;
	moveUnlockedJobsToWait(): Promise<void>;
	close(): Promise<void>;
}
type Bull = new (name: string, options: object) => BullQueue;

/**
 * Waits until the lock of a lost worker's job is over, then puts the job back into the queue.
 * It is Bull's own check with Bull's own limit of 1, which n8n's workers did before n8n 2.
 */
export async function handOverStalledJob(
	installation: N8nInstallation,
	redisPort: number,
): Promise<void> {
	const requireOfN8n = createRequire(path.join(installation.folder, 'node_modules', 'n8n', 'bin'));
	const Queue = requireOfN8n('bull') as Bull;
	const queue = new Queue(QUEUE_NAME, {
		redis: { host: '127.0.0.1', port: redisPort },
		settings: { maxStalledCount: 1, stalledInterval: CHECK_INTERVAL_MS },
	});
	try {
		let isHandedOver = false;
		queue.once('stalled', () => {
			isHandedOver = true;
		});
		while (!isHandedOver) {
			await queue.moveUnlockedJobsToWait();
			await pause(CHECK_INTERVAL_MS);
		}
	} finally {
		await queue.close();
	}
}
