// What this node costs next to other ways of making the same calls, on a real n8n: npm run bench
/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installN8n } from '../n8n/install/install';
import { removeFolder } from '../n8n/install/partialFolders';
import { listenForStop } from '../demo/stopRequest';
import { describeMachine } from './machine';
import { keepGroup, readKept, type Surroundings } from './page/kept';
import { writeFigures, writeReport } from './page/report';
import { GROUPS } from './plan/groups';
import { measureGroup, type MeasuredGroup } from './run/measure';
import { nameWorkflow, openMeasuredN8n, type MeasuredN8n } from './run/measuredN8n';
import { readSettings, type Settings } from './settings';
import { startStub, type Stub } from './stub/stub';

const REPORT_FILE = path.resolve(__dirname, '..', 'docs', 'benchmarks.md');
const PROFILE_FILE = path.join(tmpdir(), 'n8n-bench.cpuprofile');

const stop = listenForStop();
const { signal } = stop;

void runBench(process.argv.slice(2))
	.then(
		() => 0,
		(error: Error) => {
			console.error(signal.aborted ? 'Stopped.' : error.message);
			return 1;
		},
	)
	.then((exitCode) => process.exit(stop.exitCode() || exitCode));

async function runBench(args: string[]): Promise<void> {
	const settings = readSettings(args);
	const installation = await installN8n({ report: console.log, signal });
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-bench-'));
	let stub: Stub | undefined;
	let n8n: MeasuredN8n | undefined;
	try {
		stub = await startStub(folder);
		console.log('Preparing n8n ...');
		const { groups, profile } = settings;
		n8n = await openMeasuredN8n({ installation, folder, stub, groups, signal });
		if (profile) await profileCell(n8n, profile);
		else await measureAll(n8n, stub, settings, await describeMachine(installation));
	} finally {
		await n8n?.stop();
		stub?.stop();
		await removeFolder(folder);
	}
}

async function measureAll(
	n8n: MeasuredN8n,
	stub: Stub,
	{ groups, isKept }: Settings,
	surroundings: Surroundings,
): Promise<void> {
	const measured: MeasuredGroup[] = [];
	for (const group of groups) {
		console.log(`\n${group.title}`);
		const figures = await measureGroup({ n8n, stub, report: console.log, signal }, group);
		measured.push(figures);
		if (isKept) await keepGroup(figures, surroundings);
	}
	console.log(`\n${writeFigures(measured)}`);
	if (isKept) await writePage(surroundings);
}

/** Of all that was measured in these surroundings, now or earlier. */
async function writePage(surroundings: Surroundings): Promise<void> {
	const kept = await readKept(GROUPS, surroundings);
	await writeFile(REPORT_FILE, await writeReport(kept, GROUPS));
	console.log(`Written: ${REPORT_FILE}`);
}

async function profileCell(
	n8n: MeasuredN8n,
	{ group, by, rows }: NonNullable<Settings['profile']>,
): Promise<void> {
	const workflow = nameWorkflow({ by, rows }, group);
	for (let warmUp = 0; warmUp < 2; warmUp++) await n8n.run(workflow, { rows });
	const { timeMs } = await n8n.run(workflow, { rows, profileFile: PROFILE_FILE });
	console.log(`\n${by}, ${rows} items: ${timeMs.toFixed(0)} ms while profiled`);
	console.log(`The profile, for the browser's developer tools: ${PROFILE_FILE}`);
}
