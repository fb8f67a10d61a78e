// Installs the development packages when they are missing or no longer match the lock file,
// so that every command works on a fresh clone. Plain JavaScript: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const mark = path.join(root, 'node_modules', '.installed-from');

/** Resolves when node_modules matches package-lock.json; rejects with a plain sentence when it can't. */
export async function ensureInstalled() {
	const wanted = createHash('sha256')
		.update(readFileSync(path.join(root, 'package-lock.json')))
		.digest('hex');
	if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
	console.log('Installing the development packages (about a minute, once) ...');
	await npmCi();
	writeFileSync(mark, wanted);
}

function npmCi() {
	return new Promise((resolve, reject) => {
		// A group of its own, so that Ctrl-C ends npm and everything npm has started.
		const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
			cwd: root,
			stdio: ['ignore', 'inherit', 'inherit'],
			detached: true,
		});
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
