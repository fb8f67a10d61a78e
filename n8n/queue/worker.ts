/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openInstance, type InstanceOptions } from '../instance';

const STARTED = /Worker started execution (\d+) \(job \d+\)/g;

export interface WorkerOptions {
	name: string;
	/** How many executions it runs at the same time. */
	concurrency: number;
	/** Variables of n8n for this worker. */
	settings?: Readonly<Record<string, string>>;
}

export interface Worker {
	name: string;
	logFile: string;
	/** The ids of the executions it has started so far, in that order, as its log tells. */
	listStarted(): Promise<string[]>;
	/** Lets it finish what it runs. */
	stop(): Promise<void>;
	/** SIGKILL: it finishes nothing and tells nobody. */
	kill(): Promise<void>;
}

/** Starts a worker and waits until it takes executions. `port` is the one of its health checks. */
export async function openWorker(
	options: WorkerOptions & InstanceOptions & { port: number },
): Promise<Worker> {
	const { name, concurrency, userFolder, port } = options;
	const instance = await openInstance({
		...options,
		settings: {
			...options.settings,
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		},
		serverCommand: ['worker', `--concurrency=${concurrency}`],
		lastLogLine: 'n8n worker is now ready',
	});
	const server = await instance.start();
	const logFile = path.join(userFolder, 'n8n.log');
	return {
		name,
		logFile,
		async listStarted() {
			const log = await readFile(logFile, 'utf8');
			return [...log.matchAll(STARTED)].map(([, executionId]) => executionId);
		},
		stop: instance.stop,
		kill: server.kill,
	};
}
