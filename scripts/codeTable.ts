/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chooseBranch } from '../nodes/InvokeCloudFunction/output/branches';
import { CODES, findMeaning } from '../wechat/codes/catalogue';
import { FAMILIES, UNLISTED } from '../wechat/codes/families';
import type { Meaning } from '../wechat/codes/kinds';
import { TELLING_TEXTS } from '../wechat/codes/texts';
import { describeFailure } from '../wechat/outcome/failure';
import { CHINESE, ENGLISH, type Language } from './languages';

/** The codes on WeChat's own page for invokeCloudFunction. */
const PAGE_CODES = [-1, 40014, 40101, 41001, 42001, 43002, 44002, 85088];

const ALL_CODES = Object.keys(CODES).map(Number);

type Tables = Readonly<Record<string, () => string>>;

/** The documents that hold something out of the code, by its name in the document's marks: tables of codes, a function. */
export const TABLES: Readonly<Record<string, Tables>> = {
	'README.md': pageTable(ENGLISH),
	'docs/errcodes.md': allTables(ENGLISH),
	'docs/README.zh-CN.md': pageTable(CHINESE),
	'docs/zh-CN/error-branches.md': allTables(CHINESE),
	'docs/long-functions.md': { 'call-back': renderCallBack },
};

/** All that the tables say in words: the texts that other languages are to have. */
export function listTexts(): Set<string> {
	const meanings = [
		...ALL_CODES.map((code) => findMeaning(code, '')),
		...[...FAMILIES, ...TELLING_TEXTS].map(({ meaning }) => meaning),
		UNLISTED,
	];
	return new Set(meanings.flatMap(({ what, hint }) => [what, hint]));
}

/** Puts each table between its two marks in a document, written from the catalogue the node uses. */
export function insertTables(document: string, tables: Tables): string {
	return Object.entries(tables).reduce((text, [name, render]) => {
		const marks = new RegExp(`(<!-- ${name} -->)[\\s\\S]*?(<!-- /${name} -->)`);
		if (!marks.test(text)) throw new Error(`The marks "<!-- ${name} -->" are missing.`);
		return text.replace(marks, (_, open, close) => `${open}\n\n${render()}\n\n${close}`);
	}, document);
}

/** The code that functions call back with, as the sandbox's own does. */
function renderCallBack(): string {
	const file = path.join(__dirname, '../sandbox/functions/monthlyReport/callBack.js');
	return `\`\`\`js\n${readFileSync(file, 'utf8').trim()}\n\`\`\``;
}

function pageTable(language: Language): Tables {
	return { 'page-codes': () => renderTable(language, listCodes(PAGE_CODES)) };
}

function allTables(language: Language): Tables {
	return {
		'all-codes': () => renderTable(language, listCodes(sortCodes(ALL_CODES))),
		families: () =>
			renderTable(
				language,
				FAMILIES.map(({ from, to, meaning }) => [`${from} … ${to}`, meaning]),
			),
		texts: () =>
			renderTable(
				language,
				TELLING_TEXTS.map(({ words, meaning }) => [
					words.map((word) => `\`${word}\``).join(', '),
					meaning,
				]),
				language.words,
			),
		unlisted: () => renderTable(language, [[language.anyOther, UNLISTED]]),
	};
}

function listCodes(codes: readonly number[]): Array<[string, Meaning]> {
	return codes.map((code) => [String(code), findMeaning(code, '')]);
}

/** WeChat's own first, then CloudBase's, each by size. */
function sortCodes(codes: readonly number[]): number[] {
	return [...codes].sort((a, b) => Math.sign(b) - Math.sign(a) || Math.abs(a) - Math.abs(b));
}

function renderTable(
	language: Language,
	rows: ReadonlyArray<readonly [string, Meaning]>,
	head = 'errcode',
): string {
	const lines = rows.map(([code, meaning]) => [
		code,
		language.writeWhat(meaning.what),
		`\`${meaning.category}\``,
		findBranch(meaning),
		language.ran[meaning.ran],
		language.writeHint(meaning.hint),
	]);
	const rule = '|---|---|---|---|---|---|';
	return [renderRow([head, ...language.heads]), rule, ...lines.map(renderRow)].join('\n');
}

function renderRow(cells: readonly string[]): string {
	return `| ${cells.join(' | ')} |`;
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
