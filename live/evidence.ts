import type { Finding } from './check';

/** A line for the console. */
export function describeFinding({ fact, verdict, expected, seen, words }: Finding): string {
	const lines = [`${verdict.padEnd(9)}  ${fact.question}`];
	if (verdict === 'differs') {
		lines.push(`           taken for: ${show(expected)}`, `           seen:      ${show(seen)}`);
	}
	if (words !== '') lines.push(`           ${words}`);
	return lines.join('\n');
}

/** docs/live-evidence.md: what was seen, when, and nothing that tells whose account it was. */
export function writeEvidence(findings: readonly Finding[], host: string, date: string): string {
	const rows = findings.map(({ fact, verdict, expected, seen, words }) =>
		[fact.question, verdict, show(expected), show(seen), words].map(escapeCell).join(' | '),
	);
	return [
		'# Evidence from the live service',
		'',
		'What this package takes for true of WeChat, and what a run of `npm run live` saw of it. Written by that command.',
		'',
		`Checked on ${date} against ${host}.`,
		'',
		'| fact | verdict | taken for | seen | WeChat said |',
		'| --- | --- | --- | --- | --- |',
		...rows.map((row) => `| ${row} |`),
		'',
	].join('\n');
}

function show(value: Record<string, unknown> | undefined): string {
	return value === undefined ? '' : JSON.stringify(value);
}

function escapeCell(text: string): string {
	return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
}
