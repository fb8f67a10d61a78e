/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync } from 'node:fs';
import { copyFile, cp } from 'node:fs/promises';
import path from 'node:path';
import { findCacheFolder, findInstallationFolder } from './cacheFolder';
import { runInstallStep, type Report } from './installStep';
import { buildSqlite, loadSqlite, unpackPackages } from './installSteps';
import { withLock } from './lock';
import { findNodeForN8n, requireNodeForN8n } from './nodeForN8n';
import { makeWhole } from './partialFolders';
import { chooseVersion, findManifestFolder, type N8nVersion } from '../versions';

export interface N8nInstallation {
	version: string;
	/** Holds node_modules. */
	folder: string;
	/** The Node program that runs n8n. */
	node: string;
	/** n8n's command line program, to be run with that Node. */
	n8n: string;
}

export interface InstallOptions {
	/** The one of `chooseVersion` if left out. */
	version?: N8nVersion;
	/** Takes one line at a time, while something is being installed. */
	report: Report;
	/** Stops the installation and removes what there is of it. */
	signal?: AbortSignal;
}

/** Finds a version of n8n in the cache, or installs it there as its lock file says (1 to 3 minutes, 3 GB). */
export async function installN8n(options: InstallOptions): Promise<N8nInstallation> {
	const { version = chooseVersion(), report, signal } = options;
	requireNodeForN8n(version);
	const folder = findInstallationFolder('n8n', findManifestFolder(version.version));
	const isInstalled = () => existsSync(path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'));
	if (!isInstalled()) {
		await withLock(path.join(findCacheFolder(), 'installing'), { report, signal }, async () => {
			if (!isInstalled()) await installInto(folder, version, report, signal);
		});
	}
	return {
		version: version.version,
		folder,
		node: findNodeForN8n(version, folder),
		n8n: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

async function installInto(
	folder: string,
	version: N8nVersion,
	report: Report,
	signal?: AbortSignal,
): Promise<void> {
	const startedAt = Date.now();
	const failed = new AbortController();
	const both = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
	report(`n8n is installed once, outside this project: ${folder}`);
	await makeWhole(folder, report, async (partialFolder) => {
		const title = `Downloading and unpacking n8n ${version.version}`;
		// Side by side: to build sqlite3 takes as long as all the rest.
		const sqlite = installSqlite(report, both);
		const n8n = unpackInto(partialFolder, version.version, [title, '1 to 2 minutes'], report, both);
		const [sqliteFolder] = await Promise.all([sqlite, n8n]).catch(async (error: Error) => {
			failed.abort(error);
			await Promise.allSettled([sqlite, n8n]);
			throw error;
		});
		const built = path.join('node_modules', 'sqlite3', 'build');
		await cp(path.join(sqliteFolder, built), path.join(partialFolder, built), { recursive: true });
		const check = loadSqlite(findNodeForN8n(version, partialFolder));
		await runInstallStep(check, partialFolder, report, signal);
	});
	report(`n8n is installed (${Math.round((Date.now() - startedAt) / 1000)} s).`);
}

/** sqlite3 is the same for all versions of n8n and Node: built once, in a folder of its own. */
async function installSqlite(report: Report, signal: AbortSignal): Promise<string> {
	const folder = findInstallationFolder('sqlite3', findManifestFolder('sqlite3'));
	if (existsSync(folder)) return folder;
	await makeWhole(folder, report, async (partialFolder) => {
		const title = 'Fetching the source of sqlite3';
		await unpackInto(partialFolder, 'sqlite3', [title, 'some seconds'], report, signal);
		const sqliteFolder = path.join(partialFolder, 'node_modules', 'sqlite3');
		await runInstallStep(buildSqlite(sqliteFolder), sqliteFolder, report, signal);
	});
	return folder;
}

async function unpackInto(
	folder: string,
	manifest: string,
	[title, outlook]: [string, string],
	report: Report,
	signal: AbortSignal,
): Promise<void> {
	for (const file of ['package.json', 'pnpm-lock.yaml']) {
		await copyFile(path.join(findManifestFolder(manifest), file), path.join(folder, file));
	}
	await runInstallStep(unpackPackages(title, outlook), folder, report, signal);
}
