import type { Json } from '../n8n/execution';

const GAP = '  ';
const MAX_CELL_WIDTH = 60;

/** The named fields of some rows as aligned lines of text, below a line of headings. */
export function formatTable(rows: Json[], columns: string[]): string[] {
	const isNumeric = columns.map((column) => rows.every((row) => typeof row[column] === 'number'));
	const cells = rows.map((row) => columns.map((column) => wrapText(toText(row[column]))));
	const widths = columns.map((column, index) =>
		Math.max(column.length, ...cells.flatMap((row) => row[index].map((text) => text.length))),
	);
	const formatLine = (texts: string[]) =>
		texts
			.map((text, index) =>
				isNumeric[index] ? text.padStart(widths[index]) : text.padEnd(widths[index]),
			)
			.join(GAP)
			.trimEnd();

	const rule = widths.map((width) => '-'.repeat(width));
	const body = cells.flatMap((row) => {
		const height = Math.max(...row.map((lines) => lines.length));
		return Array.from({ length: height }, (_, line) => row.map((lines) => lines[line] ?? ''));
	});
	return [columns, rule, ...body].map(formatLine);
}

function wrapText(text: string): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line ? `${line} ${word}` : word;
		if (line && longer.length > MAX_CELL_WIDTH) {
			lines.push(line);
			line = word;
		} else {
			line = longer;
		}
	}
	return [...lines, line];
}

function toText(value: unknown): string {
	if (value === undefined || value === null) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
