// Installs the development packages when they are missing or no longer match the lock file,
// so that every command works on a fresh clone. Plain JavaScript: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { withLock } from '../n8n/install/lock.js';

const PROGRESS_INTERVAL_MS = 10_000;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const guardProgram = path.join(root, 'n8n', 'guardProgram.js');
const mark = path.join(modules, '.installed-from');

/** Resolves when node_modules matches package-lock.json; rejects with a plain sentence when it can't. */
export async function ensureInstalled() {
	const lockFile = readFileSync(path.join(root, 'package-lock.json'));
	const wanted = createHash('sha256').update(lockFile).digest('hex');
	const isInstalled = () => existsSync(mark) && readFileSync(mark, 'utf8') === wanted;
	if (isInstalled()) return;
	await withLock(path.join(root, '.installing'), { report: console.log }, async () => {
		if (isInstalled()) return;
		console.log('Installing the development packages (about a minute, once) ...');
		const startedAt = Date.now();
		const progress = setInterval(() => {
			const seconds = Math.round((Date.now() - startedAt) / 1000);
			console.log(`  ${seconds} s: npm is unpacking more than a thousand packages`);
		}, PROGRESS_INTERVAL_MS);
		await npmCi().finally(() => clearInterval(progress));
		writeFileSync(mark, wanted);
	});
}

function npmCi() {
	return new Promise((resolve, reject) => {
		// A group of its own, so that Ctrl-C ends npm and everything npm has started.
		const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
			cwd: root,
			stdio: ['ignore', 'inherit', 'inherit'],
			detached: true,
		});
		// The end of its input is the end of this process, even by SIGKILL: then the guard ends npm's group.
		const guard = spawn(process.execPath, [guardProgram], {
			stdio: ['pipe', 'ignore', 'ignore'],
			detached: true,
		});
		guard.stdin.write(`+ ${npm.pid}\n`);
		const stop = () => {
			try {
				process.kill(-npm.pid, 'SIGTERM');
			} catch {
				// Already gone.
			}
		};
		const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
		let stoppedBy;
		for (const signal of signals) {
			process.once(signal, () => {
				stoppedBy = signal;
				stop();
			});
		}
		npm.once('error', (error) => reject(new Error(`npm could not be started: ${error.message}`)));
		npm.once('exit', (code) => {
			guard.stdin.end(`- ${npm.pid}\n`);
			for (const signal of signals) process.removeAllListeners(signal);
			if (stoppedBy) reject(new Error('Stopped before the installation was complete.'));
			else if (code === 0) resolve();
			else reject(new Error(`"npm ci" failed (exit code ${code}). Is the npm registry reachable?`));
		});
	});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	ensureInstalled().catch((error) => {
		console.error(error.message);
		process.exit(1);
	});
}
