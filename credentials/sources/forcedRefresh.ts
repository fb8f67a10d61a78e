/** WeChat's rule for force_refresh: at least 30 s apart (and 20 times a day). */
const INTERVAL_MS = 30_000;

const lastForced = new Map<string, number>();

/**
 * Claims the right to force stable_token for these settings.
 * @returns 0 if it may be forced now, else how many ms later
 */
export function claimForcedRefresh(fingerprint: string, now = Date.now()): number {
	const waitMs = (lastForced.get(fingerprint) ?? -Infinity) + INTERVAL_MS - now;
	if (waitMs > 0) return waitMs;
	lastForced.set(fingerprint, now);
	return 0;
}
