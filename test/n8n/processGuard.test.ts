/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// A compiler starts in it, which takes its time on a busy machine.
jest.setTimeout(30_000);

const projectFolder = path.resolve(__dirname, '..', '..');

/** Starts a program of its own, guards a folder, and prints the program's id. */
const STARTER = `
require('@swc-node/register');
const { startProcess } = require('./n8n/processGroup');
const { guard } = require('./n8n/processGuard');
guard(process.argv[1]);
console.log(startProcess('sleep', ['300']).pid);
`;

test('a starter that is killed leaves no program and no folder behind', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'guarded-'));
	const starter = spawn(process.execPath, ['-e', STARTER, folder], { cwd: projectFolder });
	const [output] = (await once(starter.stdout, 'data')) as [Buffer];
	const pid = Number(output.toString());
	expect(isRunning(pid)).toBe(true);
	expect(existsSync(folder)).toBe(true);
	starter.kill('SIGKILL');
	while (isRunning(pid) || existsSync(folder)) await pause(20);
});

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
