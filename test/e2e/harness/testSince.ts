/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { appendFileSync } from 'node:fs';
import { chooseVersion } from '../../../n8n/versions';

export interface Since {
	/** The oldest n8n in which it was seen. */
	n8n: string;
	/** What the older ones lack, as a whole sentence. */
	because: string;
}

/** One version on which something can't be shown, though older ones do it. */
export interface Except {
	notOn: string;
	/** What is wrong with it, as a whole sentence. */
	because: string;
}

/** Why older versions must not store tokens. */
export const tokenOnly: Since = {
	n8n: '2.41',
	because:
		'n8n 1.123 and 2.20 would store all fields of the credential with a token, as one item resolved them, so the package stops them: each process requests its own token',
};

/** A test that the n8n it should have run on cannot pass. */
export interface LeftOut {
	name: string;
	because: string;
}

/** Names the file that takes what is left out: a line of JSON for each. */
export const LEFT_OUT_FILE = 'E2E_LEFT_OUT_FILE';

/**
 * A test of something n8n does since a version only, or not in a certain one; on an n8n without it there is
 * no such test, and it is noted why.
 */
export function testSince(
	limit: Since | Except,
	name: string,
	run: () => void | Promise<void>,
): void {
	const { version } = chooseVersion();
	const isMissing = 'notOn' in limit ? version === limit.notOn : isOlder(version, limit.n8n);
	if (!isMissing) {
		test(name, async () => await run());
		return;
	}
	const file = process.env[LEFT_OUT_FILE];
	const leftOut: LeftOut = { name, because: limit.because };
	if (file) appendFileSync(file, `${JSON.stringify(leftOut)}\n`);
}

function isOlder(version: string, than: string): boolean {
	return version.localeCompare(than, 'en', { numeric: true }) < 0;
}
