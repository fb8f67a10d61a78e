import { createRandomHex } from './randomHex';

const OVERLAP_SECONDS = 300;
const FORCE_REFRESH_INTERVAL_MS = 30_000;
const FORCE_REFRESHES_PER_DAY = 20;
const DAY_MS = 86_400_000;
/** WeChat counts days in China's time zone. */
const CHINA_OFFSET_MS = 8 * 3_600_000;

interface Token {
	value: string;
	appId: string;
	expiresAt: number;
	replaced: boolean;
}

interface Refreshes {
	day: number;
	count: number;
	lastAt: number;
}

export interface TokenGrant {
	access_token: string;
	expires_in: number;
}

export type TokenCheck = { appId: string } | { errcode: 40001 | 40014 | 41001 | 42001 };

export type TokenStore = ReturnType<typeof createTokenStore>;

/** The rules of stable_token, without HTTP. */
export function createTokenStore(lifetimeSeconds: number, now: () => number) {
	const tokens = new Map<string, Token>();
	const current = new Map<string, Token>();
	const refreshes = new Map<string, Refreshes>();
	// A short life (for tests) still leaves a first half in which the token stays the same.
	const overlapMs = Math.min(OVERLAP_SECONDS, lifetimeSeconds / 2) * 1000;

	function create(appId: string): Token {
		const value = `sandbox-token-${createRandomHex(64)}`;
		const token = { value, appId, expiresAt: now() + lifetimeSeconds * 1000, replaced: false };
		tokens.set(value, token);
		current.set(appId, token);
		return token;
	}

	function grant(token: Token): TokenGrant {
		return {
			access_token: token.value,
			expires_in: Math.floor((token.expiresAt - now()) / 1000),
		};
	}

	/** Normal mode: the same token until shortly before its end, then a new one beside it. */
	function issue(appId: string): TokenGrant {
		const token = current.get(appId);
		const fresh = token !== undefined && now() < token.expiresAt - overlapMs;
		return grant(fresh ? token : create(appId));
	}

	/** `undefined` when the day's refreshes are used up. Too early after the last one, nothing is refreshed. */
	function forceRefresh(appId: string): TokenGrant | undefined {
		const day = Math.floor((now() + CHINA_OFFSET_MS) / DAY_MS);
		const last = refreshes.get(appId);
		if (last && now() - last.lastAt < FORCE_REFRESH_INTERVAL_MS) return issue(appId);
		const count = last?.day === day ? last.count : 0;
		if (count >= FORCE_REFRESHES_PER_DAY) return undefined;
		refreshes.set(appId, { day, count: count + 1, lastAt: now() });
		for (const token of tokens.values()) if (token.appId === appId) token.replaced = true;
		return grant(create(appId));
	}

	function check(value: unknown): TokenCheck {
		if (typeof value !== 'string' || value === '') return { errcode: 41001 };
		const token = tokens.get(value);
		if (!token) return { errcode: 40014 };
		if (token.replaced) return { errcode: 40001 };
		if (now() >= token.expiresAt) return { errcode: 42001 };
		return { appId: token.appId };
	}

	function expireAll(): void {
		for (const token of tokens.values()) token.expiresAt = Math.min(token.expiresAt, now());
	}

	return { issue, forceRefresh, check, expireAll };
}
