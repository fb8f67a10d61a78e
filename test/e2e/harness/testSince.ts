/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { appendFileSync } from 'node:fs';
import { chooseVersion } from '../../../sandbox/n8n/versions';

/** A version of n8n, and what it has that the older ones lack. */
export interface Since {
	n8n: string;
	because: string;
}

/** A test that the n8n it should have run on is too old for. */
export interface LeftOut extends Since {
	name: string;
}

/** Names the file that takes what is left out: a line of JSON for each. */
export const LEFT_OUT_FILE = 'E2E_LEFT_OUT_FILE';

/** A test of something n8n does since a version only; on an older n8n there is no such test, and it is noted why. */
export function testSince(since: Since, name: string, run: () => Promise<void>): void {
	if (!isOlder(chooseVersion().version, since.n8n)) {
		test(name, run);
		return;
	}
	const file = process.env[LEFT_OUT_FILE];
	if (file) appendFileSync(file, `${JSON.stringify({ name, ...since })}\n`);
}

function isOlder(version: string, than: string): boolean {
	return version.localeCompare(than, 'en', { numeric: true }) < 0;
}
