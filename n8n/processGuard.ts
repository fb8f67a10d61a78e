/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { spawn } from 'node:child_process';
import path from 'node:path';

const GUARD_PROGRAM = path.join(__dirname, 'guardProgram.js');

let tell: ((line: string) => void) | undefined;

/**
 * From now on this process group (its id) is killed, or this folder (its path) removed, when this process ends,
 * even by a signal.
 */
export function guard(charge: number | string): void {
	tell ??= startGuard();
	tell(`+ ${charge}\n`);
}

export function release(charge: number | string): void {
	tell?.(`- ${charge}\n`);
}

function startGuard(): (line: string) => void {
	const child = spawn(process.execPath, [GUARD_PROGRAM], {
		// A group of its own: Ctrl-C must not reach it.
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	child.unref();
	const { stdin } = child;
	// Without a guard the programs run all the same.
	child.on('error', () => undefined);
	stdin.on('error', () => undefined);
	if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
	return (line) => void stdin.write(line);
}
