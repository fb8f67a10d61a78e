/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { N8nInstallation } from '../install/install';
import { openInstance, type N8nInstance } from '../instance';
import { packPackage, unpackPackage } from '../install/packagePlacement';
import { removeFolder } from '../install/partialFolders';
import { findFreePort } from '../ports';
import { guard, release } from '../processGuard';
import { openTogether, type Opened } from './opened';
import { startPostgres, type Postgres } from './postgres';
import type { QueuePrograms } from './programs';
import { startRedis, type Redis } from './redis';
import { openWorker, type Worker, type WorkerOptions } from './worker';

const ENCRYPTION_KEY = 'dummy-encryption-key-of-the-queue';

export interface QueueModeOptions {
	installation: N8nInstallation;
	programs: QueuePrograms;
	signal?: AbortSignal;
}

/** n8n's queue mode on this machine: Redis, PostgreSQL, and n8n processes with this package, each in its own folder. */
export interface QueueMode {
	/** Not started yet. It has to be before the workers: it creates the database's tables. */
	main: N8nInstance;
	redisPort: number;
	/** Starts another worker; resolves when it takes executions. */
	startWorker(options: Omit<WorkerOptions, 'name'>): Promise<Worker>;
	/** Ends everything and removes all data. */
	close(): Promise<void>;
}

export async function openQueueMode(options: QueueModeOptions): Promise<QueueMode> {
	return await openTogether(async (opened) => await open(options, opened));
}

async function open(
	{ installation, programs, signal }: QueueModeOptions,
	opened: Opened,
): Promise<QueueMode> {
	const folder = await makeFolder('n8n', opened);
	// Apart from the others: it belongs to the user that PostgreSQL runs as.
	const databaseFolder = await makeFolder('postgres', opened);
	const redis = await startRedis(programs, folder, signal);
	opened.add(redis.stop);
	const postgres = await startPostgres(programs, databaseFolder, signal);
	opened.add(postgres.stop);
	const port = await findFreePort();
	// What waits for a call gives out this address, on whichever worker it runs.
	const address = { WEBHOOK_URL: `http://127.0.0.1:${port}/` };
	const shared = { ...makeSettings(redis, postgres), ...address };

	const tarball = await packPackage(folder, signal);
	const makeUserFolder = async (name: string) => {
		const userFolder = path.join(folder, name);
		await unpackPackage(tarball, userFolder, signal);
		return userFolder;
	};

	const userFolder = await makeUserFolder('main');
	const main = await openInstance({ installation, userFolder, port, settings: shared, signal });
	opened.add(main.stop);
	let workerCount = 0;
	return {
		main,
		redisPort: redis.port,
		close: opened.close,
		async startWorker({ concurrency, settings }) {
			workerCount += 1;
			const name = `worker-${workerCount}`;
			const worker = await openWorker({
				name,
				concurrency,
				installation,
				userFolder: await makeUserFolder(name),
				port: await findFreePort(),
				settings: { ...shared, ...settings },
				signal,
			});
			opened.add(worker.stop);
			return worker;
		},
	};
}

async function makeFolder(name: string, opened: Opened): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), `n8n-queue-${name}-`));
	guard(folder);
	opened.add(async () => {
		await removeFolder(folder);
		release(folder);
	});
	return folder;
}

/** What the main and all workers have in common. */
function makeSettings(redis: Redis, postgres: Postgres): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: ENCRYPTION_KEY,
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: postgres.host,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_DATABASE: postgres.database,
	};
}
