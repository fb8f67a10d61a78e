import { chooseBranch } from '../nodes/InvokeCloudFunction/output/branches';
import { CODES, findMeaning } from '../wechat/codes/catalogue';
import { FAMILIES, UNLISTED } from '../wechat/codes/families';
import type { Meaning } from '../wechat/codes/kinds';
import { TELLING_TEXTS } from '../wechat/codes/texts';
import { describeFailure } from '../wechat/outcome/failure';

/** The codes on WeChat's own page for invokeCloudFunction. */
const PAGE_CODES = [-1, 40014, 40101, 41001, 42001, 43002, 44002, 85088];

const DID_IT_RUN = { no: 'no', maybe: 'unknown', yes: 'yes' } as const;

/** The documents that hold a table of codes, and the tables by their name in the document's marks. */
export const TABLES: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
	'README.md': { 'page-codes': () => renderTable(listCodes(PAGE_CODES)) },
	'docs/errcodes.md': {
		'all-codes': () => renderTable(listCodes(sortCodes(Object.keys(CODES).map(Number)))),
		families: () =>
			renderTable(FAMILIES.map(({ from, to, meaning }) => [`${from} … ${to}`, meaning])),
		texts: () =>
			renderTable(
				TELLING_TEXTS.map(({ words, meaning }) => [
					words.map((word) => `\`${word}\``).join(', '),
					meaning,
				]),
				'words in errmsg',
			),
		unlisted: () => renderTable([['any other', UNLISTED]]),
	},
};

/** Puts each table between its two marks in a document, written from the catalogue the node uses. */
export function insertTables(
	document: string,
	tables: Readonly<Record<string, () => string>>,
): string {
	return Object.entries(tables).reduce((text, [name, render]) => {
		const marks = new RegExp(`(<!-- ${name} -->)[\\s\\S]*?(<!-- /${name} -->)`);
		if (!marks.test(text)) throw new Error(`The marks "<!-- ${name} -->" are missing.`);
		return text.replace(marks, (_, open, close) => `${open}\n\n${render()}\n\n${close}`);
	}, document);
}

function listCodes(codes: readonly number[]): Array<[string, Meaning]> {
	return codes.map((code) => [String(code), findMeaning(code, '')]);
}

/** WeChat's own first, then CloudBase's, each by size. */
function sortCodes(codes: readonly number[]): number[] {
	return [...codes].sort((a, b) => Math.sign(b) - Math.sign(a) || Math.abs(a) - Math.abs(b));
}

function renderTable(rows: ReadonlyArray<readonly [string, Meaning]>, head = 'errcode'): string {
	const lines = rows.map(([code, meaning]) => {
		const { what, category, ran, hint } = meaning;
		const happened = `${what[0].toUpperCase()}${what.slice(1)}`;
		return `| ${code} | ${happened} | \`${category}\` | ${findBranch(meaning)} | ${DID_IT_RUN[ran]} | ${hint} |`;
	});
	return [
		`| ${head} | what happened | category | branch | did the function run? | what to do |`,
		'|---|---|---|---|---|---|',
		...lines,
	].join('\n');
}

function findBranch(meaning: Meaning): string {
	const target = { environment: '', functionName: '' };
	return chooseBranch(
		describeFailure(
			{ kind: 'failed', meaning, errcode: null, errmsg: '' },
			{ target, attempts: 0, secrets: [] },
		),
	);
}
