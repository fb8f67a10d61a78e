/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { appendFileSync } from 'node:fs';
import { chooseVersion } from '../../../sandbox/n8n/versions';

export interface Since {
	/** The oldest n8n in which it was seen. */
	n8n: string;
	/** What the older ones lack, as a whole sentence. */
	because: string;
}

/** Why older versions must not store tokens. */
export const tokenOnly: Since = {
	n8n: '2.41',
	because:
		'n8n 1.123 and 2.20 would store all fields of the credential with a token, as one item resolved them, so the package stops them: each process requests its own token',
};

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
