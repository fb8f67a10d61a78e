import type { Category, Meaning } from '../codes/kinds';

/** Answers that prove the function did not run, and whose cause passes by itself. */
const PASSES_BY_ITSELF: ReadonlySet<Category> = new Set([
	'rate-limited',
	'temporarily-unavailable',
]);

/** Full jitter between 0 and a limit that doubles with every try, up to the cap. */
interface Backoff {
	firstMs: number;
	capMs: number;
}
const BACKOFF: Backoff = { firstMs: 500, capMs: 10_000 };
/** WeChat counts calls by the minute. */
const RATE_BACKOFF: Backoff = { firstMs: 4_000, capMs: 60_000 };

/** A server that wants a longer wait than this is not waited for. */
export const LONGEST_WAIT_MS = 60_000;

/**
 * Whether the call may be made again. A call whose outcome is unknown may have run the function: it is
 * only repeated where the user has said that this does no harm.
 */
export function mayTryAgain(meaning: Meaning, safeToRepeat: boolean): boolean {
	if (!meaning.retryable) return false;
	if (meaning.ran === 'no') return PASSES_BY_ITSELF.has(meaning.category);
	return safeToRepeat && meaning.category === 'outcome-unknown';
}

/**
 * @param tries how often it was tried, 1 after the first
 * @param retryAfterMs what the server asked for, if it did
 */
export function chooseDelayMs(
	{ category }: Meaning,
	tries: number,
	retryAfterMs: number | undefined,
	random = Math.random(),
): number {
	const { firstMs, capMs } = category === 'rate-limited' ? RATE_BACKOFF : BACKOFF;
	const limitMs = Math.min(firstMs * 2 ** (tries - 1), capMs);
	return Math.max(random * limitMs, retryAfterMs ?? 0);
}
