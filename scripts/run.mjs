// Runs one of the project's TypeScript programs: node scripts/run.mjs sandbox/main.ts [arguments]
import { createRequire } from 'node:module';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';

const PARENT_INTERVAL_MS = 500;

const require = createRequire(import.meta.url);
const program = path.resolve(process.argv[2]);
endWithParent();

try {
	await ensureInstalled();
} catch (error) {
	console.error(error.message);
	process.exit(1);
}
require('@swc-node/register');
process.argv.splice(1, 2, program);
require(program);

/** Whoever kills "npm start" means this program: npm, killed by SIGKILL, can't pass it on. */
function endWithParent() {
	if (process.env.npm_lifecycle_event === undefined) return;
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		process.kill(process.pid, 'SIGTERM');
	}, PARENT_INTERVAL_MS);
	watch.unref();
}
