/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { StoredWorkflow } from '../../n8n/commands';
import type { Execution } from '../../n8n/execution';
import { makeDemoCredentials } from '../../demo/credentials';
import { EXAMPLE_RUNS, type ExampleRun } from './harness/workflows/exampleRuns';
import {
	OPEN_TIMEOUT_MS,
	openRealN8n,
	readExample,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from './harness/realN8n';
import { submitForm } from './harness/submitForm';

jest.setTimeout(TEST_TIMEOUT_MS);

const projectFolder = path.join(__dirname, '..', '..');

let real: RealN8n;
const examples = new Map<string, StoredWorkflow>();
let executions: Map<string, Execution>;

/** The files that are run in one way, each with how. */
function listRuns<How extends ExampleRun['how']>(how: How) {
	const runs = Object.entries(EXAMPLE_RUNS).filter(([, run]) => run.how === how);
	return runs as Array<[string, Extract<ExampleRun, { how: How }>]>;
}

beforeAll(async () => {
	real = await openRealN8n();
	const { n8n, sandbox } = real;
	const runHere = [...listRuns('execute'), ...listRuns('submit'), ...listRuns('called')];
	for (const [file] of runHere) examples.set(file, await readExample(file));
	await n8n.importCredentials(makeDemoCredentials(sandbox.url));
	await n8n.importWorkflows([...examples.values()]);
	// n8n runs published sub-workflows only, and serves published forms only, from its next start on.
	for (const [file] of [...listRuns('called'), ...listRuns('submit')]) {
		await n8n.publish(findId(file));
	}
	await n8n.start();
	executions = await n8n.executeBatch(listRuns('execute').map(([file]) => findId(file)));
}, OPEN_TIMEOUT_MS);

afterAll(async () => await real.close());

function findId(file: string): string {
	return (examples.get(file) as StoredWorkflow).id;
}

function findFormAddress(file: string): string {
	const trigger = examples
		.get(file)
		?.nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	const { options } = trigger?.parameters as { options: { path: string } };
	return `${real.n8n.url}/form/${options.path}`;
}

test('every example has a run', async () => {
	const files = await readdir(path.join(projectFolder, 'examples'));
	expect(Object.keys(EXAMPLE_RUNS).sort()).toEqual(
		files.filter((name) => name.endsWith('.json')).sort(),
	);
});

test.each(listRuns('execute'))('%s, executed', (file, { check }) => {
	const execution = executions.get(findId(file)) as Execution;
	expect(execution.error).toBeUndefined();
	check(execution, real.sandbox);
});

const submissions = listRuns('submit').flatMap(([file, run]) =>
	run.submissions.map(({ answers, lastPage }) => ({ file, answers, lastPage })),
);

test.each(submissions)('$file, with the answers $answers', async ({ file, answers, lastPage }) => {
	expect(await submitForm(findFormAddress(file), answers, lastPage)).toMatch(lastPage);
});

test.each(listRuns('called').map(([file, { by }]) => ({ file, by })))(
	'$file, called by $by',
	({ file, by }) => {
		expect(EXAMPLE_RUNS[by].how).toBe('execute');
		expect(JSON.stringify(examples.get(by))).toContain(findId(file));
	},
);

test.each(listRuns('elsewhere').map(([file, run]) => ({ file, otherTest: run.test })))(
	'$file, run by $otherTest',
	async ({ file, otherTest }) => {
		expect(await readFile(path.join(projectFolder, otherTest), 'utf8')).toContain(`'${file}'`);
	},
);
