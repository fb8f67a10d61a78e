/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findCacheFolder } from './cacheFolder';
import { runInstallStep, type Report } from './installStep';
import { withLock } from './lock';

export interface DebianPackages {
	packages: readonly string[];
	/** What they are, for the line that says that they are being installed. */
	title: string;
	/** What to do where they can't be installed from here. */
	remedy: string;
}

/** Installs packages where this is root on Debian or Ubuntu; else rejects with what to do. */
export async function installDebianPackages(
	{ packages, title, remedy }: DebianPackages,
	report: Report,
	signal?: AbortSignal,
): Promise<void> {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(remedy);
	const lock = path.join(findCacheFolder(), 'installing-packages');
	const aptGet = async (what: string, ...args: string[]) =>
		await runInstallStep(
			{
				title: what,
				outlook: 'some seconds',
				command: 'env',
				args: ['DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args],
				describeProgress: () => 'apt-get is at work',
				remedy,
			},
			'/',
			report,
			signal,
		);
	// Two at once would refuse each other.
	await withLock(lock, { report, signal }, async () => {
		await aptGet('Reading the list of packages', 'update', '-qq');
		await aptGet(title, 'install', '-y', '-qq', '--no-install-recommends', ...packages);
	});
}
