/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests run on Node, not inside n8n */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startFunctionRunner, type FunctionRunner } from '../../../sandbox/runner/functionRunner';
import { startSandbox, type Sandbox } from '../../../sandbox/server';
import { createSignal, invoke, invokeLater } from '../client';

let folder: string;
let runner: FunctionRunner;
let sandbox: Sandbox;
const ended = createSignal();

// A function that never ends, and one that does, with a time limit of their own.
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'wechat-functions-'));
	await mkdir(path.join(folder, 'stuck'));
	const main = 'exports.main = ({ ends }) => new Promise((resolve) => ends && resolve("done"));';
	await writeFile(path.join(folder, 'stuck', 'index.js'), main);
	await writeFile(path.join(folder, 'stuck', 'package.json'), '{"main":"index.js"}');
	const entry = { name: 'stuck', directory: 'stuck', triggerPath: '/stuck', timeout: 0.2 };
	const functionsFile = path.join(folder, 'functions.json');
	await writeFile(functionsFile, JSON.stringify({ functionsRoot: '.', functions: [entry] }));
	runner = await startFunctionRunner(undefined, functionsFile);
	sandbox = await startSandbox({
		runner,
		onRequest: ({ path: asked }) => asked === '(delayed)' && ended.give(),
	});
});

afterAll(async () => {
	await sandbox.close();
	await runner.stop();
	await rm(folder, { recursive: true });
});

test('a function has a time limit of its own: -504003, and whether it ran to its end is unknown', async () => {
	const { data } = await invoke(sandbox, 'stuck', {});
	expect(data.errcode).toBe(-504003);
	expect(data.errmsg).toContain('Invoking task timed out after 0.2 seconds');
	expect(sandbox.log.at(-1)).toMatchObject({ ran: 'cut' });
});

test('one that ends in time is not touched by it', async () => {
	expect((await invoke(sandbox, 'stuck', { ends: true })).data.resp_data).toBe('"done"');
});

test('it holds for a function that runs later too', async () => {
	sandbox.faults.set('stuck', { delaySeconds: 0 });
	await invokeLater(sandbox, { function_name: 'stuck' });
	await ended.given;
	expect(sandbox.log.find(({ path: asked }) => asked === '(delayed)')).toMatchObject({
		ran: 'cut',
		errcode: -504003,
	});
});
