/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findCacheFolder } from './cacheFolder';
import type { InstallStep } from './installStep';
import { projectFolder } from './packagePlacement';

/** The last of pnpm's lines on how far it is. */
const PROGRESS = /Progress: .*reused (\d+), downloaded (\d+), added (\d+)/g;

/**
 * Unpacks what a lock file lists as npm would lay it out. pnpm does it in less than half of npm's time, and keeps each
 * file once for all versions.
 */
export function unpackPackages(title: string, outlook: string): InstallStep {
	const pnpm = path.join(projectFolder, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
	const cacheFolder = findCacheFolder();
	return {
		title,
		outlook,
		command: process.execPath,
		args: [
			...[pnpm, 'install', '--frozen-lockfile', '--ignore-scripts', '--ignore-workspace'],
			...['--config.node-linker=hoisted', '--reporter=append-only'],
			`--store-dir=${path.join(cacheFolder, 'pnpm-store')}`,
			`--config.cache-dir=${path.join(cacheFolder, 'pnpm-cache')}`,
		],
		describeProgress: (printed) => {
			const [, reused, downloaded, added] = [...printed.matchAll(PROGRESS)].at(-1) ?? [];
			if (added === undefined) return 'reading the list of packages';
			return `${Number(reused) + Number(downloaded)} packages downloaded, ${added} unpacked`;
		},
		remedy: `Check that the npm registry can be reached and that ${cacheFolder} has 4 GB free, then run the command again.`,
	};
}

/** To be run in sqlite3's own folder. */
export function buildSqlite(folder: string): InstallStep {
	return {
		title: "Preparing sqlite3, n8n's database",
		outlook: 'ready-made if it can be had, else built: 1 to 2 minutes',
		command: 'npm',
		args: ['run', 'install', '--ignore-scripts=false'],
		describeProgress: () =>
			existsSync(path.join(folder, 'build')) ? 'building it here' : 'looking for a ready-made one',
		remedy:
			'The ready-made sqlite3 could not be downloaded, and building it needs g++, make and python3. ' +
			'Install those (Debian, Ubuntu: "apt-get install g++ make python3") or get a network connection, then run the command again.',
	};
}

export function loadSqlite(node: string): InstallStep {
	return {
		title: 'Checking sqlite3',
		outlook: 'does it load?',
		command: node,
		args: ['-e', "require('sqlite3')"],
		describeProgress: () => 'loading it',
		remedy:
			'This system seems not to run the sqlite3 that was installed. Install g++, make and python3, then run the command again.',
	};
}
