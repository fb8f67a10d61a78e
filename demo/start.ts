/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- this runs on Node, not inside n8n */
import path from 'node:path';
import { describeRequest } from '../sandbox/console';
import { findCacheFolder } from '../n8n/install/cacheFolder';
import { installN8n } from '../n8n/install/install';
import { openInstance, type N8nInstance } from '../n8n/instance';
import { placePackage } from '../n8n/install/packagePlacement';
import { removeFolder } from '../n8n/install/partialFolders';
import { setUpOwner } from '../n8n/session';
import { chooseVersion, N8N_VERSIONS } from '../n8n/versions';
import { startSandbox, type Sandbox } from '../sandbox/server';
import { demoOwner, findEventAddress, findFormAddress, importDemo, tableWorkflow } from './demo';
import { startPushes } from './pushes';
import { readSettings } from './settings';
import { listenForStop } from './stopRequest';
import { runTableExample } from './tableRun';

const OUTLOOK =
	'about half a minute; the first time n8n itself is installed too, which takes some minutes';

const startedAt = performance.now();
const demoFolder = path.join(findCacheFolder(), nameDemoFolder());
const stop = listenForStop();
const { signal } = stop;

void runDemo()
	.then(
		() => 0,
		(error: Error) => {
			if (!signal.aborted) console.error(error.message);
			return 1;
		},
	)
	.then((exitCode) => {
		if (signal.aborted) console.log('Stopped.');
		process.exit(stop.exitCode() || exitCode);
	});

async function runDemo(): Promise<void> {
	const settings = await readSettings(process.argv.slice(2), process.env);
	report(`Starting n8n ${chooseVersion().version} with a stand-in for WeChat: ${OUTLOOK} ...`);
	const installation = await installN8n({ report, signal });
	if (settings.fresh) {
		report("Emptying the demo's n8n ...");
		await removeFolder(demoFolder);
	}

	report('Starting the stand-in for WeChat ...');
	const sandbox = await startSandbox({
		port: settings.sandboxPort,
		signal,
		onRequest: (request) => console.log(describeRequest(request, new Date())),
	});
	try {
		const instance = await openInstance({
			installation,
			userFolder: demoFolder,
			port: settings.n8nPort,
			signal,
		});
		await useInstance(instance, sandbox).finally(instance.stop);
	} finally {
		await sandbox.close();
	}
}

async function useInstance(instance: N8nInstance, sandbox: Sandbox): Promise<void> {
	report("Building the package and preparing n8n's data (10 to 20 s) ...");
	await completeAll([placePackage(instance.userFolder, signal), importDemo(instance, sandbox.url)]);

	report(`Starting n8n's editor and running the workflow "${tableWorkflow.name}" (10 to 15 s) ...`);
	const table = runTableExample(instance).catch(describeFailedRun);
	const server = await instance.start();
	const lines = await table;
	signal.throwIfAborted();
	console.log(lines.join('\n'));
	console.log('');
	await setUpOwner(server.url, demoOwner);
	void startPushes(sandbox.pushes, server.url, signal).catch(describeSilence);
	report('Ready.');
	console.log(describeDemo(server.url, sandbox.url));

	const ended = server.ended.then(({ code }) => `n8n has ended by itself (exit code ${code}).`);
	const failure = await Promise.race([ended, stop.wait()]);
	if (failure && !signal.aborted) throw new Error(failure);
}

/** Says what is going on, and how many seconds after the start. */
function report(line: string): void {
	const seconds = Math.round((performance.now() - startedAt) / 1000);
	console.log(`${String(seconds).padStart(4)} s  ${line}`);
}

/** Each version has data of its own: an older n8n does not understand the database of a newer one. */
function nameDemoFolder(): string {
	const { version } = chooseVersion();
	return version === N8N_VERSIONS[0].version ? 'demo' : `demo-${version}`;
}

/** Somebody may have switched the example off; the rest of the demo works without it. */
function describeSilence({ message }: Error): void {
	if (!signal.aborted) console.log(`${message} No pushes are sent.`);
}

/** No reason not to start n8n: somebody may have deleted the example there. */
function describeFailedRun(error: Error): string[] {
	return [error.message, '"npm start -- --fresh" begins anew, with the examples as they were.'];
}

/** Like Promise.all, but leaves nothing running behind a failure. */
async function completeAll(tasks: Array<Promise<void>>): Promise<void> {
	await Promise.allSettled(tasks);
	await Promise.all(tasks);
}

function describeDemo(n8nUrl: string, sandboxUrl: string): string {
	return `
  Editor    ${n8nUrl}
  Log in    ${demoOwner.email}   ${demoOwner.password}
  Form      ${findFormAddress(n8nUrl)}
  Pushes    ${findEventAddress(n8nUrl)}
  Sandbox   ${sandboxUrl}
  Data      ${demoFolder}

Press Ctrl-C to stop. Calls to the sandbox show below.
`;
}
