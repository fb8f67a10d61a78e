/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- this runs on Node, not inside n8n */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installN8n } from '../n8n/install/install';
import { runProcess, startProcess } from '../n8n/processGroup';
import { chooseVersion, N8N_VERSIONS, type N8nVersion } from '../n8n/versions';
import { LEFT_OUT_FILE, type LeftOut } from '../test/e2e/harness/testSince';
import { writeVersion, type VersionRun } from './versionTable';

const TABLE_FILE = path.resolve(__dirname, '../docs/compatibility.md');
const jest = require.resolve('jest/bin/jest');

/** Runs the end-to-end tests on the versions of n8n that are named, or on all, and writes what came out. */
async function testVersions(names: string[]): Promise<boolean> {
	const versions = names.length > 0 ? names.map((name) => chooseVersion(name)) : N8N_VERSIONS;
	let failed = 0;
	for (const version of versions) {
		const run = await testVersion(version);
		failed += run.failed;
		await writeFile(TABLE_FILE, writeVersion(await readFile(TABLE_FILE, 'utf8'), run));
	}
	return failed === 0;
}

async function testVersion(version: N8nVersion): Promise<VersionRun> {
	console.log(`== n8n ${version.version}`);
	const report = (line: string) => console.log(line);
	const { node } = await installN8n({ version, report });
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-versions-'));
	try {
		const resultFile = path.join(folder, 'results.json');
		const leftOutFile = path.join(folder, 'left-out.jsonl');
		await writeFile(leftOutFile, '');
		const args = ['--selectProjects', 'e2e', '--json', `--outputFile=${resultFile}`];
		const env = { ...process.env, N8N_SANDBOX_VERSION: version.version };
		await runProcess(process.execPath, [jest, ...args], {
			env: { ...env, [LEFT_OUT_FILE]: leftOutFile },
			logFile: process.stderr.fd,
		});
		const { stdout } = await startProcess(node, ['--version']).finished;
		return {
			n8n: version.version,
			node: stdout.trim().replace(/^v/, ''),
			...(await readResults(resultFile)),
			leftOut: await readLeftOut(leftOutFile),
			date: new Date().toISOString().slice(0, 10),
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** jest's own count. A file that could not be run at all counts as a failure as well. */
async function readResults(file: string): Promise<Pick<VersionRun, 'passed' | 'failed'>> {
	const results = JSON.parse(await readFile(file, 'utf8')) as {
		numPassedTests: number;
		numFailedTests: number;
		numRuntimeErrorTestSuites: number;
	};
	const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
	return { passed: results.numPassedTests, failed };
}

async function readLeftOut(file: string): Promise<LeftOut[]> {
	const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
	return lines.map((line) => JSON.parse(line) as LeftOut);
}

void testVersions(process.argv.slice(2)).then(
	(isGood) => process.exit(isGood ? 0 : 1),
	(error: Error) => {
		console.error(error.message);
		process.exit(1);
	},
);
