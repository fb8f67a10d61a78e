/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { chown, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { findFreePort } from '../ports';
import { runProcess, startProcess, type SystemUser } from '../processGroup';
import type { QueuePrograms } from './programs';
import { waitUntilServing } from './readiness';

const HOST = '127.0.0.1';
const USER = 'n8n';
/** Made by initdb. */
const DATABASE = 'postgres';

export interface Postgres {
	host: string;
	port: number;
	user: string;
	database: string;
	stop(): Promise<void>;
}

/** A PostgreSQL of its own on a free port, with its data and its socket in `folder`. */
export async function startPostgres(
	{ postgresFolder }: QueuePrograms,
	folder: string,
	signal?: AbortSignal,
): Promise<Postgres> {
	const owner = await findOwner();
	const data = path.join(folder, 'data');
	await mkdir(folder, { recursive: true });
	if (owner) await chown(folder, owner.uid, owner.gid);
	const options = { cwd: folder, owner, signal };
	const program = (name: string) => path.join(postgresFolder, name);

	const asUser = ['--username', USER, '--auth', 'trust'];
	const asText = ['--encoding', 'UTF8', '--no-locale', '--no-sync'];
	const initdb = ['--pgdata', data, ...asUser, ...asText];
	const made = await runProcess(program('initdb'), initdb, options);
	if (made.code !== 0) throw new Error(`PostgreSQL made no database: ${made.stderr.trim()}`);

	const port = await findFreePort();
	const settings = ['-D', data, '-F', '-h', HOST, '-p', String(port), '-k', folder];
	const group = startProcess(program('postgres'), settings, options);
	await waitUntilServing('PostgreSQL', group, async () => await isReady(data));
	return { host: HOST, port, user: USER, database: DATABASE, stop: group.stop };
}

/** PostgreSQL writes its state into this file, in the 8th line: pg_ctl looks there too. */
async function isReady(data: string): Promise<boolean> {
	const text = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '');
	return text.split('\n')[7]?.trim() === 'ready';
}

/** PostgreSQL refuses to run as root; Debian's package has made a user for it. */
async function findOwner(): Promise<SystemUser | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const [uid, gid] = await Promise.all([readId('-u'), readId('-g')]);
	return { uid, gid };
}

async function readId(option: '-u' | '-g'): Promise<number> {
	const { code, stdout } = await runProcess('id', [option, 'postgres']);
	if (code === 0) return Number(stdout);
	throw new Error(
		'PostgreSQL does not run as root, and this system has no user "postgres". Make one, or run the command as another user than root.',
	);
}
