/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import path from 'node:path';

/** A heading, a paragraph, an item of a list, a row of a table or a whole block of code. */
export interface Block {
	/** What it is, with what two translations of it share: level, number of cells, sort of list. */
	kind: string;
	text: string;
}

const MARKS: Array<[RegExp, (found: RegExpExecArray) => string]> = [
	[/^(#+) /, ([, marks]) => `heading ${marks.length}`],
	[/^( *)(?:-|\d+\.) /, ([, indent]) => `item ${indent.length}`],
	[/^ *\|/, ({ input }) => `row of ${input.split('|').length - 2}`],
	[/./, () => 'text'],
];

/** Comments and the lines under a table's head say nothing and are left out. */
export function readBlocks(markdown: string): Block[] {
	const blocks: Block[] = [];
	const lines = markdown.split('\n');
	for (let i = 0; i < lines.length; i++) {
		const line = lines[i].replace(/^\t+/, '');
		if (line.startsWith('```')) {
			const end = lines.indexOf('```', i + 1);
			blocks.push({ kind: 'code', text: lines.slice(i, end).join('\n') });
			i = end;
		} else if (line.trim() !== '' && !/^<!--|^ *\|[ :|-]+\|$/.test(line)) {
			blocks.push({ kind: findKind(line), text: line.trim() });
		}
	}
	return blocks;
}

function findKind(line: string): string {
	for (const [mark, describe] of MARKS) {
		const found = mark.exec(line);
		if (found !== null) return describe(found);
	}
	return 'text';
}

/** From a heading to the next one of its level. */
export function takeSection(blocks: Block[], heading: string): Block[] {
	const start = blocks.findIndex(({ text }) => text === heading);
	const level = blocks[start].kind;
	const rest = blocks.slice(start + 1).findIndex(({ kind }) => kind === level);
	return rest === -1 ? blocks.slice(start) : blocks.slice(start, start + 1 + rest);
}

export function listHeadings(blocks: Block[]): Block[] {
	return blocks.filter(({ kind }) => kind.startsWith('heading'));
}

/** The anchor that GitHub gives a heading. */
export function toAnchor({ text }: Block): string {
	const title = text.replace(/^#+ /, '').replace(/\]\([^)]*\)/g, ']');
	return title
		.toLowerCase()
		.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
		.replace(/ /g, '-');
}

/** Where a block's links and pictures lead: addresses as they are, files by their path in the project. */
export function listLinks({ kind, text }: Block, file: string): string[] {
	if (kind === 'code') return [];
	return [...withoutCode(text).matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => {
		if (/^\w+:/.test(target)) return target;
		const [to, anchor] = target.split('#');
		const place = to === '' ? file : path.posix.join(path.posix.dirname(file), to);
		return anchor === undefined ? place : `${place}#${anchor}`;
	});
}

/** Names, values and codes: what no language translates. */
export function listCode({ text }: Block): string[] {
	return text.match(/`[^`]+`/g) ?? [];
}

/** Numbers of several digits; smaller ones are words in one language and digits in another. */
export function listNumbers({ text }: Block): string[] {
	return (
		withoutCode(text)
			.replace(/\]\([^)]*\)/g, ']')
			.match(/\d[\d,.]*\d/g) ?? []
	);
}

/** What is set off and holds no Chinese: names of the editor. */
export function listNames({ text }: Block): string[] {
	const setOff = withoutCode(text).match(/\*\*[^*]+\*\*|\b_[^_]+_\b/g) ?? [];
	return setOff
		.map((name) => name.replace(/^[*_]+|[.*_:：。]+$/g, ''))
		.filter((name) => !/\p{Script=Han}/u.test(name));
}

export function withoutCode(text: string): string {
	return text.replace(/`[^`]+`/g, '');
}
