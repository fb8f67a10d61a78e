import type { Authorizer } from './components';
import { createRandomHex } from './randomHex';

export type RefreshTokenStore = ReturnType<typeof createRefreshTokenStore>;

/** The refresh token that is in force for each authorizer. */
export function createRefreshTokenStore() {
	const current = new Map<string, string>();

	/** The refresh token to use next, or `undefined` when the given one is not in force. */
	function exchange(authorizer: Authorizer, given: unknown): string | undefined {
		const inForce = current.get(authorizer.appId) ?? authorizer.refreshToken;
		if (given !== inForce) return undefined;
		if (!authorizer.changesRefreshToken) return inForce;
		const next = `sandbox-refresh-${createRandomHex(32)}`;
		current.set(authorizer.appId, next);
		return next;
	}

	return { exchange };
}
