/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync, readdirSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { findInstallationFolder } from './cacheFolder';
import { runInstallStep, type InstallStep, type Report } from './installStep';
import { findNodeForN8n, requireNodeForN8n } from './nodeForN8n';
import {
	makePartialFolder,
	publishFolder,
	removeFolder,
	removeStalePartialFolders,
} from './partialFolders';
import { chooseVersion, findManifestFolder, type N8nVersion } from './versions';

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

/** Finds a version of n8n in the cache, or installs it there as its lock file says (some minutes, 3 GB). */
export async function installN8n(options: InstallOptions): Promise<N8nInstallation> {
	const { version = chooseVersion(), report, signal } = options;
	requireNodeForN8n(version);
	const folder = findInstallationFolder(version);
	await removeStalePartialFolders(folder, report);
	if (!isComplete(folder)) {
		await removeFolder(folder);
		await installInto(folder, version, report, signal);
	}
	return describeInstallation(version, folder);
}

async function installInto(
	folder: string,
	version: N8nVersion,
	report: Report,
	signal?: AbortSignal,
): Promise<void> {
	const startedAt = Date.now();
	const partialFolder = await makePartialFolder(folder);
	const runStep = async (step: InstallStep) =>
		await runInstallStep(step, partialFolder, report, signal);
	try {
		report(`n8n is installed once, outside this project: ${folder}`);
		for (const file of ['package.json', 'package-lock.json']) {
			await copyFile(path.join(findManifestFolder(version), file), path.join(partialFolder, file));
		}
		await runStep(downloadPackages(version, partialFolder));
		await runStep(prepareSqlite(partialFolder));
		await runStep(loadSqlite(findNodeForN8n(version, partialFolder)));
		await publishFolder(partialFolder, folder);
		report(`n8n is installed (${Math.round((Date.now() - startedAt) / 1000)} s).`);
	} finally {
		if (existsSync(partialFolder)) {
			report('Removing the unfinished installation (up to half a minute) ...');
			await removeFolder(partialFolder);
		}
	}
}

function downloadPackages({ version }: N8nVersion, folder: string): InstallStep {
	return {
		title: `Downloading and unpacking n8n ${version}`,
		outlook: '2 to 4 minutes, 3 GB',
		command: 'npm',
		args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
		describeProgress: () => describeUnpacking(folder),
		remedy: `Check that the npm registry can be reached and that ${path.dirname(folder)} has 4 GB free, then run the command again.`,
	};
}

function prepareSqlite(folder: string): InstallStep {
	return {
		title: "Preparing sqlite3, n8n's database",
		outlook: 'ready-made if it can be had, else built: 1 to 2 minutes',
		command: 'npm',
		args: ['rebuild', 'sqlite3', '--ignore-scripts=false'],
		describeProgress: () =>
			existsSync(path.join(folder, 'node_modules', 'sqlite3', 'build'))
				? 'building it here'
				: 'looking for a ready-made one',
		remedy:
			'The ready-made sqlite3 could not be downloaded, and building it needs g++, make and python3. ' +
			'Install those (Debian, Ubuntu: "apt-get install g++ make python3") or get a network connection, then run the command again.',
	};
}

function loadSqlite(node: string): InstallStep {
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

function describeUnpacking(folder: string): string {
	const modules = path.join(folder, 'node_modules');
	if (!existsSync(modules)) return 'reading the list of packages';
	// npm makes all folders first and fills them as the packages arrive.
	const packages = readdirSync(modules);
	const unpacked = packages.filter((name) => existsSync(path.join(modules, name, 'package.json')));
	return `${unpacked.length} of ${packages.length} packages unpacked`;
}

function isComplete(folder: string): boolean {
	return existsSync(path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'));
}

function describeInstallation(version: N8nVersion, folder: string): N8nInstallation {
	return {
		version: version.version,
		folder,
		node: findNodeForN8n(version, folder),
		n8n: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}
