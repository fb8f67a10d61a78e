import type { StableTokenStore } from './stableTokenStore';
import type { TokenKind, TokenStore } from './tokenStore';

/** What a test does to tokens without HTTP. */
export interface TokenControls {
	/** A token of an account; an access_token unless told otherwise, under the rules of stable_token. */
	issue(appId: string, kind?: TokenKind): string;
	/** From now on this token answers 42001. */
	expire(token: string): void;
	/** From now on every token given out so far answers 42001. */
	expireAll(): void;
	/**
	 * The count-th invocation from now on answers 42001, and so does every later one with its token.
	 * Only invocations with a good token count, whosever it is. It happens once.
	 */
	expireAfter(count: number): void;
	/** From now on this token answers 40001. stable_token still hands it out, until force_refresh. */
	revoke(token: string): void;
	/** Every token given out so far, to search for where none may be. */
	listAll(): string[];
}

export function createTokenControls(
	tokens: TokenStore,
	stableTokens: StableTokenStore,
): TokenControls {
	const { expire, expireAll, expireAfter, revoke, listAll } = tokens;
	return {
		issue: (appId, kind = 'access') =>
			(kind === 'access' ? stableTokens.issue(appId) : tokens.create({ kind, appId })).value,
		expire,
		expireAll,
		expireAfter,
		revoke,
		listAll,
	};
}
