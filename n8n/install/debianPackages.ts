/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync } from 'node:fs';
import { runInstallStep, type Report } from './installStep';

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
	const aptGet = async (what: string, ...args: string[]) =>
		await runInstallStep(
			{
				title: what,
				outlook: 'some seconds',
				command: 'env',
				args: [
					'DEBIAN_FRONTEND=noninteractive',
					'apt-get',
					'-o',
					'DPkg::Lock::Timeout=300',
					...args,
				],
				describeProgress: () => 'apt-get is at work',
				remedy,
			},
			'/',
			report,
			signal,
		);
	await aptGet('Reading the list of packages', 'update', '-qq');
	await aptGet(title, 'install', '-y', '-qq', '--no-install-recommends', ...packages);
}
