// Runs one of the project's TypeScript programs: node scripts/run.mjs sandbox/main.ts [arguments]
import { createRequire } from 'node:module';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';

const require = createRequire(import.meta.url);
const program = path.resolve(process.argv[2]);

try {
	await ensureInstalled();
} catch (error) {
	console.error(error.message);
	process.exit(1);
}
require('@swc-node/register');
process.argv.splice(1, 2, program);
require(program);
