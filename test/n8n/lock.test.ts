/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- this runs on Node, not inside n8n */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withLock } from '../../n8n/install/lock';

const PROGRAM = `
	const { withLock } = require(process.argv[1]);
	withLock(process.argv[2], { report: () => {} }, async () => {
		console.log('begin');
		await new Promise((resolve) => setTimeout(resolve, 50));
		console.log('end');
	});`;

let folder: string;
let lock: string;
let reports: string[];
const report = (line: string) => void reports.push(line);
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'n8n-lock-'));
	lock = path.join(folder, 'installing');
	reports = [];
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

/** A process id that no process has any more. */
async function findDeadProcess(): Promise<number> {
	const child = spawn(process.execPath, ['-e', '']);
	await once(child, 'exit');
	return Number(child.pid);
}

async function leaveLock(owner: number): Promise<void> {
	await mkdir(lock);
	await writeFile(path.join(lock, 'owner'), String(owner));
}

test('of programs started at the same moment one works after the other, and no lock stays', async () => {
	const output: string[] = [];
	const file = path.resolve(__dirname, '../../n8n/install/lock.js');
	const programs = [1, 2, 3, 4].map(() => spawn(process.execPath, ['-e', PROGRAM, file, lock]));
	await Promise.all(
		programs.map(async (program) => {
			program.stdout.on('data', (text: Buffer) =>
				output.push(...text.toString().trim().split('\n')),
			);
			await once(program, 'close');
		}),
	);
	expect(output).toEqual(Array(4).fill(['begin', 'end']).flat());
	expect(await readdir(folder)).toEqual([]);
});

test('what a process left that no longer runs is taken over, even by two at once', async () => {
	await leaveLock(await findDeadProcess());
	let working = 0;
	const work = async () => {
		working += 1;
		expect(working).toBe(1);
		await new Promise((resolve) => setImmediate(resolve));
		working -= 1;
	};
	await Promise.all([withLock(lock, { report }, work), withLock(lock, { report }, work)]);
	expect(await readdir(folder)).toEqual([]);
});

test('who waits is told once for whom, and may give up', async () => {
	await leaveLock(process.pid);
	const giveUp = new AbortController();
	const options = {
		signal: giveUp.signal,
		report: (line: string) => {
			report(line);
			giveUp.abort(new Error('given up'));
		},
	};
	await expect(withLock(lock, options, async () => {})).rejects.toThrow();
	expect(reports).toEqual([expect.stringContaining(`process ${process.pid}`)]);
	expect(existsSync(lock)).toBe(true);
});

test('a failure frees the lock', async () => {
	const failing = withLock(
		lock,
		{ report },
		async () => await Promise.reject(new Error('no disk')),
	);
	await expect(failing).rejects.toThrow('no disk');
	expect(await withLock(lock, { report }, async () => 'free')).toBe('free');
});
