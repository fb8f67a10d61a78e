/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findManifestFolder, N8N_VERSIONS } from '../../n8n/versions';

const readLock = (name: string) =>
	readFileSync(path.join(findManifestFolder(name), 'pnpm-lock.yaml'), 'utf8');
const listSqlite = (lock: string) => lock.match(/^ {2}sqlite3@[\d.]+/gm);

describe.each(N8N_VERSIONS)('the lock file of n8n $version', ({ version }) => {
	test('names this n8n, and the sqlite3 that is built apart from it', () => {
		expect(readLock(version)).toContain(`\n  n8n@${version}:`);
		expect(new Set(listSqlite(readLock(version)))).toEqual(
			new Set(listSqlite(readLock('sqlite3'))),
		);
	});

	test('names no server to download from', () => {
		expect(readLock(version)).not.toMatch(/tarball:|https?:/);
	});
});
