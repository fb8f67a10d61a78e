import { createHash } from 'crypto';

/**
 * A timestamp is good from 5 minutes before n8n's time to 5 minutes after it, both included: whatever is
 * forgotten a second after those 10 minutes cannot be sent in again.
 */
const REMEMBER_MS = 601_000;
const MAX_IN_MEMORY = 5_000;
/** It is written to the database with each push. */
const MAX_STORED = 200;

/** Fingerprints of pushes, and until when to remember them (ms since 1970), oldest first. */
export type StoredPushes = Record<string, number>;

/** The same, of this process, over all workflows. */
const seenHere = new Map<string, number>();

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
export function rememberPush(fingerprint: string, stored: StoredPushes, now: number): boolean {
	const isKnown = [seenHere.get(fingerprint), stored[fingerprint]].some(
		(until) => until !== undefined && until > now,
	);
	if (isKnown) return false;
	const until = now + REMEMBER_MS;
	forgetOldHere(now);
	seenHere.set(fingerprint, until);
	for (const old of findOld(stored, now)) delete stored[old];
	stored[fingerprint] = until;
	return true;
}

/** Looks at no more than it forgets: the oldest come first. */
function forgetOldHere(now: number): void {
	for (const [fingerprint, until] of seenHere) {
		if (until > now && seenHere.size < MAX_IN_MEMORY) return;
		seenHere.delete(fingerprint);
	}
}

function findOld(stored: StoredPushes, now: number): string[] {
	const entries = Object.entries(stored);
	const tooMany = entries.length - (MAX_STORED - 1);
	return entries
		.filter(([, until], index) => until <= now || index < tooMany)
		.map(([fingerprint]) => fingerprint);
}
