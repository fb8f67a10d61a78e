/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFileSync, writeFileSync } from 'node:fs';
import { insertTables, TABLES } from './codeTable';

for (const [file, tables] of Object.entries(TABLES)) {
	writeFileSync(file, insertTables(readFileSync(file, 'utf8'), tables));
}
