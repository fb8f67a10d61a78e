/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

const PARTIAL = /\.partial-(\d+)-/;

/** Makes the folder an installation grows in; its name tells which process is at work. */
export async function makePartialFolder(finalFolder: string): Promise<string> {
	await mkdir(path.dirname(finalFolder), { recursive: true });
	return await mkdtemp(`${finalFolder}.partial-${process.pid}-`);
}

/** Removes what processes left behind that no longer run. */
export async function removeStalePartialFolders(
	finalFolder: string,
	report: (line: string) => void,
): Promise<void> {
	const parent = path.dirname(finalFolder);
	if (!existsSync(parent)) return;
	for (const name of await readdir(parent)) {
		const pid = Number(PARTIAL.exec(name)?.[1]);
		if (!(pid > 0) || isRunning(pid)) continue;
		report(`Removing an unfinished installation: ${name} ...`);
		await removeFolder(path.join(parent, name));
	}
}

/** Gives a complete folder its final name, unless another process was faster: then its folder serves as well. */
export async function publishFolder(partialFolder: string, finalFolder: string): Promise<void> {
	const failure = await rename(partialFolder, finalFolder).catch((error: Error) => error);
	if (failure && !existsSync(finalFolder)) {
		throw new Error(`${partialFolder} could not be renamed: ${failure.message}`);
	}
}

export async function removeFolder(folder: string): Promise<void> {
	await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it runs, as somebody else's.
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
