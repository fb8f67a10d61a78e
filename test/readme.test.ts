/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFileSync } from 'node:fs';
import { insertCodeTable } from '../scripts/codeTable';

test("README's table of codes is the one the node uses (npm run docs writes it)", () => {
	const readme = readFileSync('README.md', 'utf8');
	expect(readme).toBe(insertCodeTable(readme));
});
