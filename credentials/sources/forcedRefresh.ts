/** WeChat's rule for force_refresh: at least 30 s apart (and 20 times a day). */
const INTERVAL_MS = 30_000;

const lastForced = new Map<string, number>();

/** Whether stable_token may be forced now for these settings; if so, it counts as done. */
export function claimForcedRefresh(fingerprint: string, now = Date.now()): boolean {
	const last = lastForced.get(fingerprint);
	if (last !== undefined && now - last < INTERVAL_MS) return false;
	lastForced.set(fingerprint, now);
	return true;
}
