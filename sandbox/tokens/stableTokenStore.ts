import type { Token, TokenStore } from './tokenStore';

const OVERLAP_SECONDS = 300;
const FORCE_REFRESH_INTERVAL_MS = 30_000;
const FORCE_REFRESHES_PER_DAY = 20;
const DAY_MS = 86_400_000;
/** WeChat counts days in China's time zone. */
const CHINA_OFFSET_MS = 8 * 3_600_000;

interface Refreshes {
	day: number;
	count: number;
	lastAt: number;
}

export type StableTokenStore = ReturnType<typeof createStableTokenStore>;

/** The rules of stable_token, without HTTP. */
export function createStableTokenStore(
	tokens: TokenStore,
	lifetimeSeconds: number,
	now: () => number,
) {
	const issued = new Map<string, Token[]>();
	const refreshes = new Map<string, Refreshes>();
	// A short life (for tests) still leaves a first half in which the token stays the same.
	const overlapMs = Math.min(OVERLAP_SECONDS, lifetimeSeconds / 2) * 1000;

	function create(appId: string): Token {
		const token = tokens.create({ kind: 'access', appId });
		const before = (issued.get(appId) ?? []).filter(({ expiresAt }) => now() < expiresAt);
		issued.set(appId, [...before, token]);
		return token;
	}

	/** Normal mode: the same token until shortly before its end, then a new one beside it. */
	function issue(appId: string): Token {
		const token = issued.get(appId)?.at(-1);
		return token && now() < token.expiresAt - overlapMs ? token : create(appId);
	}

	/** `undefined` when the day's refreshes are used up. Too early after the last one, nothing is refreshed. */
	function forceRefresh(appId: string): Token | undefined {
		const day = Math.floor((now() + CHINA_OFFSET_MS) / DAY_MS);
		const last = refreshes.get(appId);
		if (last && now() - last.lastAt < FORCE_REFRESH_INTERVAL_MS) return issue(appId);
		const count = last?.day === day ? last.count : 0;
		if (count >= FORCE_REFRESHES_PER_DAY) return undefined;
		refreshes.set(appId, { day, count: count + 1, lastAt: now() });
		for (const { value } of issued.get(appId) ?? []) tokens.revoke(value);
		return create(appId);
	}

	return { issue, forceRefresh };
}
