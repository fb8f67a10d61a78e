/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { installDebianPackages } from '../install/debianPackages';
import type { Report } from '../install/installStep';

/** Debian keeps the server's programs out of the path, one folder per version. */
const POSTGRES_FOLDER = '/usr/lib/postgresql';
const MISSING = {
	packages: ['redis-server', 'postgresql'],
	title: 'Installing Redis and PostgreSQL',
	remedy:
		'Queue mode needs Redis and PostgreSQL. Install them (Debian, Ubuntu: "apt-get install redis-server postgresql") and run the command again.',
};

export interface QueuePrograms {
	redisServer: string;
	/** Holds initdb and postgres. */
	postgresFolder: string;
}

/** Finds Redis and PostgreSQL; installs them where this is root on Debian, else says what to install. */
export async function requirePrograms(
	report: Report,
	signal?: AbortSignal,
): Promise<QueuePrograms> {
	const installed = findPrograms();
	if (installed) return installed;
	await installDebianPackages(MISSING, report, signal);
	const programs = findPrograms();
	if (!programs) throw new Error(MISSING.remedy);
	return programs;
}

function findPrograms(): QueuePrograms | undefined {
	const searchPath = (process.env.PATH ?? '').split(path.delimiter);
	const redisFolder = findFolderOf(['redis-server'], searchPath);
	const folders = [...listPostgresFolders(), ...searchPath];
	const postgresFolder = findFolderOf(['initdb', 'postgres'], folders);
	if (redisFolder === undefined || postgresFolder === undefined) return undefined;
	return { redisServer: path.join(redisFolder, 'redis-server'), postgresFolder };
}

function findFolderOf(programs: string[], folders: string[]): string | undefined {
	return folders.find((folder) =>
		programs.every((program) => existsSync(path.join(folder, program))),
	);
}

/** The newest version first. */
function listPostgresFolders(): string[] {
	if (!existsSync(POSTGRES_FOLDER)) return [];
	const versions = readdirSync(POSTGRES_FOLDER).sort((a, b) => Number(b) - Number(a));
	return versions.map((version) => path.join(POSTGRES_FOLDER, version, 'bin'));
}
