/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';

/**
 * Makes a folder that is there either whole or not at all: it grows under another name. For one process at a time,
 * as what is left of an earlier try is removed.
 */
export async function makeWhole(
	folder: string,
	report: (line: string) => void,
	fill: (partialFolder: string) => Promise<void>,
): Promise<void> {
	const partialFolder = `${folder}.partial`;
	if (existsSync(partialFolder)) {
		report(`Removing an unfinished installation: ${partialFolder} ...`);
		await removeFolder(partialFolder);
	}
	await mkdir(partialFolder, { recursive: true });
	try {
		await fill(partialFolder);
		await removeFolder(folder);
		await rename(partialFolder, folder);
	} finally {
		if (existsSync(partialFolder)) {
			report('Removing the unfinished installation (up to half a minute) ...');
			await removeFolder(partialFolder);
		}
	}
}

export async function removeFolder(folder: string): Promise<void> {
	await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
