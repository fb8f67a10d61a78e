/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findPrintedObjects, toExecution, type Execution, type Json } from './execution';

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
	/** The fields in the clear; n8n encrypts them as it imports. */
	data: Json;
}

/** A workflow as the editor exports it. `id` must contain a digit for `executeBatch`. */
export interface StoredWorkflow extends Json {
	id: string;
	name: string;
	nodes: Json[];
	connections: Json;
}

/** Runs one n8n command to its end and resolves with all it printed. Exit codes tell nothing: 139 comes with complete output. */
export type RunCommand = (args: string[]) => Promise<string>;

export async function importCredentials(run: RunCommand, list: StoredCredential[]): Promise<void> {
	await importList(run, 'import:credentials', list);
}

/** Imports deactivated, replacing workflows of the same id. */
export async function importWorkflows(run: RunCommand, list: StoredWorkflow[]): Promise<void> {
	await importList(run, 'import:workflow', list);
}

/** Makes the current version live from the next start on. */
export async function publishWorkflow(
	run: RunCommand,
	n8nVersion: string,
	workflowId: string,
): Promise<void> {
	// n8n 1 knows active workflows only, n8n 2 published ones.
	const command = n8nVersion.startsWith('1.')
		? ['update:workflow', '--active=true']
		: ['publish:workflow'];
	const output = await run([...command, `--id=${workflowId}`]);
	if (!output.includes('restart n8n'))
		throw explain(`Workflow ${workflowId} was not published`, output);
}

export async function executeWorkflow(run: RunCommand, workflowId: string): Promise<Execution> {
	const output = await run(['execute', `--id=${workflowId}`, '--rawOutput']);
	const execution = findPrintedObjects(output).map(toExecution).find(Boolean);
	if (!execution) throw explain(`Workflow ${workflowId} was not executed`, output);
	return execution;
}

/** Executes many workflows in one n8n process. Those that fail as a whole come with their error, but without run data. */
export async function executeWorkflows(
	run: RunCommand,
	workflowIds: string[],
): Promise<Map<string, Execution>> {
	return await withTemporaryFolder(async (folder) => {
		const output = await run([
			'execute-batch',
			`--ids=${workflowIds.join(',')}`,
			`--snapshot=${folder}`,
			'--retries=0',
			'--shortOutput',
		]);
		const executions = new Map<string, Execution>();
		for (const name of await readdir(folder)) {
			const snapshot = toExecution(JSON.parse(await readFile(path.join(folder, name), 'utf8')));
			if (snapshot) executions.set(name.replace(/-snapshot\.json$/, ''), snapshot);
		}
		for (const failure of listFailures(output)) {
			const error = { message: failure.error };
			executions.set(failure.workflowId, { status: 'error', error, runData: {} });
		}
		const missing = workflowIds.filter((id) => !executions.has(id));
		if (missing.length > 0) throw explain(`Not executed: ${missing.join(', ')}`, output);
		return executions;
	});
}

interface BatchFailure {
	workflowId: string;
	error: string;
}

function listFailures(output: string): BatchFailure[] {
	const reports = findPrintedObjects(output) as Array<{
		summary?: { errors: BatchFailure[]; warnings: BatchFailure[] };
	}>;
	const summary = reports.find((report) => report.summary)?.summary;
	return summary ? [...summary.errors, ...summary.warnings] : [];
}

async function importList(run: RunCommand, command: string, list: unknown[]): Promise<void> {
	await withTemporaryFolder(async (folder) => {
		const file = path.join(folder, 'import.json');
		await writeFile(file, JSON.stringify(list), { mode: 0o600 });
		const output = await run([command, `--input=${file}`]);
		if (!output.includes('Successfully imported')) throw explain(`"n8n ${command}" failed`, output);
	});
}

async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-sandbox-'));
	try {
		return await use(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

const SHOWN_LINES = 15;
const NOISE = /task runner|task broker|license SDK/i;

function explain(what: string, output: string): Error {
	const lines = output
		.trim()
		.split('\n')
		.filter((line) => !NOISE.test(line))
		.slice(-SHOWN_LINES);
	return new Error([`${what}. n8n printed:`, ...lines.map((line) => `  ${line}`)].join('\n'));
}
