import { createHash } from 'crypto';

/**
 * A timestamp is refused when it is 5 minutes off in either direction: a push that is forgotten after
 * 10 minutes cannot be sent in again.
 */
const REMEMBER_MS = 600_000;
const MAX_IN_MEMORY = 5_000;
/** It is written to the database with each push. */
const MAX_STORED = 200;

/** Fingerprints of pushes, and until when to remember them (ms since 1970), oldest first. */
export type SeenPushes = Record<string, number>;

/** Of this process, over all workflows. */
const seenHere: SeenPushes = {};

/**
 * WeChat repeats a push that was not answered in time; whether it encrypts it anew is not documented, so
 * it is known by what it says. `place` tells apart the nodes that may receive it.
 */
export function takeFingerprint(place: readonly string[], text: string): string {
	return createHash('sha256')
		.update(JSON.stringify([place, text]))
		.digest('hex')
		.slice(0, 32);
}

/**
 * Whether this is the first time. Looks and remembers in one go, so that of two copies at the same moment
 * one is the first. `stored` outlives this process.
 */
export function rememberPush(fingerprint: string, stored: SeenPushes, now: number): boolean {
	const isNew =
		!isRemembered(seenHere, fingerprint, now) && !isRemembered(stored, fingerprint, now);
	if (!isNew) return false;
	add(seenHere, MAX_IN_MEMORY);
	add(stored, MAX_STORED);
	return true;

	function add(seen: SeenPushes, limit: number): void {
		forgetOld(seen, limit - 1, now);
		seen[fingerprint] = now + REMEMBER_MS;
	}
}

function isRemembered(seen: SeenPushes, fingerprint: string, now: number): boolean {
	return seen[fingerprint] > now;
}

function forgetOld(seen: SeenPushes, limit: number, now: number): void {
	const entries = Object.entries(seen);
	const tooMany = entries.length - limit;
	for (const [index, [fingerprint, until]] of entries.entries()) {
		if (until <= now || index < tooMany) delete seen[fingerprint];
	}
}
