// One program at a time: a folder beside what is worked on, with the id of the process that works on it.
// Plain JavaScript, as scripts/install.mjs needs it before anything is installed.
const { mkdir, mkdtemp, readFile, rename, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const POLL_MS = 500;
const OWNER_FILE = 'owner';

/** Waits until the lock `folder` is free, then runs `use` with it. */
async function withLock(folder, { report, signal }, use) {
	let isTold = false;
	while (!(await take(folder))) {
		const owner = await readOwner(folder);
		if (owner !== undefined && !isRunning(owner)) await removeOf(owner, folder);
		else {
			if (!isTold) report(`Waiting for process ${owner ?? ''}, which is at work on the same ...`);
			isTold = true;
			await sleep(POLL_MS, undefined, { signal });
		}
	}
	try {
		return await use();
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** The folder gets its name when it holds its owner already: nobody finds it without. */
async function take(folder) {
	await mkdir(path.dirname(folder), { recursive: true });
	const own = await mkdtemp(`${folder}-`);
	await writeFile(path.join(own, OWNER_FILE), String(process.pid));
	try {
		await rename(own, folder);
		return true;
	} catch {
		await rm(own, { recursive: true, force: true });
		return false;
	}
}

async function readOwner(folder) {
	const text = await readFile(path.join(folder, OWNER_FILE), 'utf8').catch(() => '');
	return Number(text) || undefined;
}

/** Moved away first: where two processes do this at the same moment, one may have the other's new lock in hand. */
async function removeOf(owner, folder) {
	const moved = `${folder}-left-by-${owner}-${process.pid}`;
	const isMoved = await rename(folder, moved).then(
		() => true,
		() => false,
	);
	if (!isMoved) return;
	if ((await readOwner(moved)) === owner) await rm(moved, { recursive: true, force: true });
	else await rename(moved, folder);
}

function isRunning(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it runs, as somebody else's.
		return error.code === 'EPERM';
	}
}

module.exports = { withLock };
