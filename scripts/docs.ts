/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFileSync, writeFileSync } from 'node:fs';
import { insertCodeTable } from './codeTable';

writeFileSync('README.md', insertCodeTable(readFileSync('README.md', 'utf8')));
