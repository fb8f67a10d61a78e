import type { LeftOut } from '../test/e2e/harness/testSince';

/** How the end-to-end tests went on one version of n8n. */
export interface VersionRun {
	n8n: string;
	/** The Node that n8n ran on. */
	node: string;
	passed: number;
	failed: number;
	leftOut: LeftOut[];
	/** YYYY-MM-DD */
	date: string;
}

const TABLE = /<!-- versions -->[\s\S]*<!-- \/versions -->/;
const ROW = /^\| (\d\S*) \|.*$/gm;
const HEAD = `| n8n | Node.js | tests passed | failed | left out, with the reason | date |
|---|---|---|---|---|---|`;

/** Puts the row of a run into the table of a document; the other versions keep theirs. */
export function writeVersion(document: string, run: VersionRun): string {
	const found = TABLE.exec(document);
	if (!found) throw new Error('The document has no place for the table of versions.');
	const rows = new Map([...found[0].matchAll(ROW)].map(([row, n8n]) => [n8n, row]));
	rows.set(run.n8n, writeRow(run));
	const newestFirst = [...rows.keys()].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
	const lines = [HEAD, ...newestFirst.map((n8n) => rows.get(n8n))];
	const table = `<!-- versions -->\n\n${lines.join('\n')}\n\n<!-- /versions -->`;
	return document.replace(TABLE, () => table);
}

function writeRow({ n8n, node, passed, failed, leftOut, date }: VersionRun): string {
	const reasons = leftOut.map(
		({ name, n8n: since, because }) => `"${name}", since n8n ${since}: ${because}`,
	);
	const cells = [n8n, node, passed, failed, reasons.join('<br>') || 'none', date];
	return `| ${cells.join(' | ')} |`;
}
