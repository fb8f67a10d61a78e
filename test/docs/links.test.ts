/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { listHeadings, listLinks, readBlocks, toAnchor } from './outline';

const FOLDERS = ['.', 'docs', 'docs/zh-CN', 'examples', 'sandbox', 'live'];

const documents = FOLDERS.flatMap((folder) =>
	readdirSync(folder)
		.filter((name) => name.endsWith('.md'))
		.map((name) => (folder === '.' ? name : `${folder}/${name}`)),
);

function hasPlace(link: string): boolean {
	const [file, anchor] = link.split('#');
	if (!existsSync(file)) return false;
	if (anchor === undefined) return true;
	return listHeadings(readBlocks(readFileSync(file, 'utf8')))
		.map(toAnchor)
		.includes(anchor);
}

test.each(documents)('each link in %s leads to a file and a heading that are there', (document) => {
	const links = readBlocks(readFileSync(document, 'utf8'))
		.flatMap((block) => listLinks(block, document))
		.filter((link) => !/^\w+:/.test(link));
	expect(links.filter((link) => !hasPlace(link))).toEqual([]);
});
