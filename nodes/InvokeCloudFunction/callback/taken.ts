/**
 * The calls that this process has taken just now. n8n 1 goes on twice where two calls come at the same moment; newer
 * versions let one of them win by themselves.
 */
const taken = new Map<string, number>();

/**
 * By then n8n has noted that the execution goes on, or has failed to; a function that tries again is heard after that.
 */
const HELD_MS = 10_000;

/** @returns false where another call for the same wait was taken just now */
export function takeCall(wait: string): boolean {
	const now = performance.now();
	for (const [known, until] of taken) if (until <= now) taken.delete(known);
	if (taken.has(wait)) return false;
	holdCall(wait);
	return true;
}

/** From now on again: it took a while to make the items. */
export function holdCall(wait: string): void {
	taken.set(wait, performance.now() + HELD_MS);
}

/** The next call may be taken. */
export function dropCall(wait: string): void {
	taken.delete(wait);
}
