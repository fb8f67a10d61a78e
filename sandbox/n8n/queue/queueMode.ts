/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { N8nInstallation } from '../install';
import { openInstance, type N8nInstance } from '../instance';
import { packPackage, unpackPackage } from '../packagePlacement';
import { removeFolder } from '../partialFolders';
import { findFreePort } from '../ports';
import { guard, release } from '../processGuard';
import { startPostgres } from './postgres';
import type { QueuePrograms } from './programs';
import { startRedis } from './redis';
import { openWorker, type Worker, type WorkerOptions } from './worker';

const ENCRYPTION_KEY = 'dummy-encryption-key-of-the-queue';

export interface QueueModeOptions {
	installation: N8nInstallation;
	programs: QueuePrograms;
	signal?: AbortSignal;
}

/** n8n's queue mode on this machine: Redis, PostgreSQL, and n8n processes with this package, each in its own folder. */
export interface QueueMode {
	main: N8nInstance;
	redisPort: number;
	/** Starts another worker; resolves when it takes executions. */
	startWorker(options: Omit<WorkerOptions, 'name'>): Promise<Worker>;
	/** Ends everything and removes all data. */
	close(): Promise<void>;
}

export async function openQueueMode(options: QueueModeOptions): Promise<QueueMode> {
	const { installation, programs, signal } = options;
	const closers: Array<() => Promise<void>> = [];
	/** The last one opened is closed first. */
	const close = async () => {
		for (const step of closers.splice(0).reverse()) await step();
	};
	const makeFolder = async (name: string) => {
		const folder = await mkdtemp(path.join(tmpdir(), `n8n-queue-${name}-`));
		guard(folder);
		closers.push(async () => {
			await removeFolder(folder);
			release(folder);
		});
		return folder;
	};

	try {
		const folder = await makeFolder('n8n');
		// Apart from the others: it belongs to the user that PostgreSQL runs as.
		const databaseFolder = await makeFolder('postgres');
		const redis = await startRedis(programs, folder, signal);
		closers.push(redis.stop);
		const postgres = await startPostgres(programs, databaseFolder, signal);
		closers.push(postgres.stop);

		const settings = {
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
		const tarball = await packPackage(folder, signal);
		const prepareUserFolder = async (name: string) => {
			const userFolder = path.join(folder, name);
			await unpackPackage(tarball, userFolder, signal);
			return userFolder;
		};

		const userFolder = await prepareUserFolder('main');
		const main = await openInstance({ installation, userFolder, settings, signal });
		closers.push(main.stop);
		let workers = 0;
		return {
			main,
			redisPort: redis.port,
			close,
			async startWorker(workerOptions) {
				workers += 1;
				const name = `worker-${workers}`;
				const worker = await openWorker({
					...workerOptions,
					name,
					installation,
					userFolder: await prepareUserFolder(name),
					port: await findFreePort(),
					settings: { ...settings, ...workerOptions.settings },
					signal,
				});
				closers.push(worker.stop);
				return worker;
			},
		};
	} catch (error) {
		await close();
		throw error;
	}
}
