/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFileSync } from 'node:fs';
import { listTexts } from '../../scripts/codeTable';
import { CHINESE_TEXTS } from '../../scripts/languages';
import {
	listCode,
	listHeadings,
	listLinks,
	listNames,
	listNumbers,
	readBlocks,
	takeSection,
	toAnchor,
	withoutCode,
	type Block,
} from './outline';

const HAN = /\p{Script=Han}/u;

interface Part {
	file: string;
	/** Its heading, where a page is the translation of one section only. */
	section?: string;
	/** How many levels deeper its headings lie in the translation. */
	deeper?: number;
}

/** Each Chinese page, and what it is the translation of. The last part has a link to it. */
const PAGES: Record<string, Part[]> = {
	'docs/README.zh-CN.md': [{ file: 'README.md' }],
	'docs/zh-CN/credentials.md': [{ file: 'docs/credentials.md' }],
	'docs/zh-CN/error-branches.md': [
		{ file: 'README.md', section: '## Error branches', deeper: -1 },
		{ file: 'docs/errcodes.md', deeper: 1 },
	],
	'docs/zh-CN/service-providers.md': [{ file: 'docs/service-providers.md' }],
	'docs/zh-CN/open-platform.md': [{ file: 'docs/open-platform.md' }],
	'docs/zh-CN/troubleshooting.md': [{ file: 'docs/troubleshooting.md' }],
	'docs/zh-CN/first-form.md': [{ file: 'docs/first-form.md' }],
	'docs/zh-CN/first-sheet.md': [{ file: 'docs/first-sheet.md' }],
	'docs/zh-CN/first-agent.md': [{ file: 'docs/first-agent.md' }],
	'docs/zh-CN/first-customer.md': [{ file: 'docs/first-customer.md' }],
};

interface Placed extends Block {
	/** The document it stands in. */
	file: string;
}

const read = (file: string): Placed[] =>
	readBlocks(readFileSync(file, 'utf8')).map((block) => ({ ...block, file }));

const CHINESE = new Map(Object.keys(PAGES).map((file) => [file, read(file)]));
const ENGLISH = new Map(
	Object.entries(PAGES).map(([file, parts]) => [file, parts.flatMap(readPart)]),
);

function readPart({ file, section, deeper = 0 }: Part): Placed[] {
	const blocks = read(file);
	const taken = section === undefined ? blocks : takeSection(blocks, section);
	return taken.map((block) => ({
		...block,
		file,
		kind: block.kind.replace(/(?<=heading )\d/, (level) => String(Number(level) + deeper)),
	}));
}

/** What stands for the same place in both languages: each page by its English file, each heading by its English anchor. */
const PLACES = new Map(
	[...CHINESE].flatMap(([page, blocks]) => {
		const english = listHeadings(ENGLISH.get(page) ?? []) as Placed[];
		const headings = listHeadings(blocks).map((heading, i): [string, string] => [
			`${page}#${toAnchor(heading)}`,
			english[i] === undefined ? '' : toPlace(english[i]),
		]);
		return [...headings, [page, PAGES[page].slice(-1)[0].file] as [string, string]];
	}),
);

/** A document's title is the document. */
function toPlace(heading: Placed): string {
	const isTitle = read(heading.file)[0].text === heading.text;
	return isTitle ? heading.file : `${heading.file}#${toAnchor(heading)}`;
}

/** All that a translation leaves as it is. */
function toShared(block: Placed): string {
	return JSON.stringify({
		kind: block.kind,
		code: block.kind === 'code' ? readCode(block) : [...new Set(listCode(block))].sort(),
		links: listLinks(block, block.file)
			.map((link) => PLACES.get(link) ?? link)
			.sort(),
		numbers: block.kind === 'code' ? [] : listNumbers(block).sort(),
	});
}

/** The words in a diagram are translated, so only its lines are counted. */
function readCode({ text }: Block): string | number {
	return text.startsWith('```mermaid') ? text.split('\n').length : text;
}

const pairs = [...CHINESE].map(([page, blocks]): [string, Placed[], Placed[]] => [
	page,
	blocks,
	ENGLISH.get(page) ?? [],
]);

test.each(pairs)('%s has the headings, tables, examples and links of the English', (_, ...pair) => {
	const [chinese, english] = pair.map((blocks) => blocks.map(toShared));
	const at = Math.max(chinese.length, english.length);
	const first = [...Array(at).keys()].find((i) => chinese[i] !== english[i]) ?? at;
	const [here, there] = pair.map((blocks) => blocks[first]?.text);
	expect({ here, there, shared: chinese[first] }).toEqual({ here, there, shared: english[first] });
});

test.each(pairs)('%s names the parts of the editor as the English does', (_, chinese, english) => {
	const foreign = chinese.flatMap((block, i) => {
		const names = (english[i]?.text ?? '').replaceAll(' ', '');
		return listNames(block).filter((name) => !names.includes(name.replaceAll(' ', '')));
	});
	expect(foreign).toEqual([]);
});

test.each(pairs)('%s is in Chinese', (_, chinese) => {
	const isProse = ({ kind }: Block) => kind !== 'code' && !kind.startsWith('row');
	const isForeign = ({ text }: Block) =>
		!HAN.test(text) &&
		(withoutCode(text).match(/(?<![\w./-])[a-z]{2,}(?![\w./-])/g) ?? []).length > 3;
	expect(chinese.filter(isProse).filter(isForeign)).toEqual([]);
});

test('each text of the tables of codes has its Chinese, and each Chinese text is one of the tables', () => {
	expect([...CHINESE_TEXTS.keys()].sort()).toEqual([...listTexts()].sort());
	expect([...CHINESE_TEXTS.values()].filter((text) => !HAN.test(text))).toEqual([]);
});

test('README.md, which the package ships, holds no Chinese', () => {
	expect(readFileSync('README.md', 'utf8')).not.toMatch(HAN);
});
