import { findMeaning } from '../wechat/meaning';

/** The codes on WeChat's own page for invokeCloudFunction. */
export const PAGE_CODES = [-1, 40014, 40101, 41001, 42001, 43002, 44002, 85088];

const DID_IT_RUN = { no: 'no', maybe: 'unknown', yes: 'yes' } as const;

/** A Markdown table of errcodes, written from the catalogue the node itself uses. */
export function renderCodeTable(errcodes: readonly number[]): string {
	const rows = errcodes.map((errcode) => {
		const { what, category, ran, hint } = findMeaning(errcode, '');
		const happened = `${what[0].toUpperCase()}${what.slice(1)}`;
		return `| ${errcode} | ${happened} | \`${category}\` | ${DID_IT_RUN[ran]} | ${hint} |`;
	});
	return [
		'| errcode | what happened | category | did the function run? | what to do |',
		'|---|---|---|---|---|',
		...rows,
	].join('\n');
}

/** Puts the table between the two marks in a document. */
export function insertCodeTable(document: string): string {
	const marks = /(<!-- codes -->)[\s\S]*?(<!-- \/codes -->)/;
	if (!marks.test(document)) throw new Error('The marks "<!-- codes -->" are missing.');
	return document.replace(marks, `$1\n\n${renderCodeTable(PAGE_CODES)}\n\n$2`);
}
