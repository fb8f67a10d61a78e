/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFileSync } from 'node:fs';
import { insertTables, TABLES } from '../scripts/codeTable';

test.each(Object.entries(TABLES))(
	'the tables of codes in %s are those the node uses (npm run docs writes them)',
	(file, tables) => {
		const document = readFileSync(file, 'utf8');
		expect(document).toBe(insertTables(document, tables));
	},
);
