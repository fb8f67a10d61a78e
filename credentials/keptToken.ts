import type { TokenGrant } from '../wechat/tokens/tokenAnswer';
import type { StoredCredential } from './settings';

/**
 * A token is renewed this long before its end. It must be less than the 5 minutes in which
 * stable_token hands out the next token: asked earlier, it would return the old one.
 */
const RENEWAL_MARGIN_SECONDS = 270;

/** The credential's hidden fields: the token in use, and for how long and which settings it is good. */
export interface KeptToken extends Record<string, string | number> {
	accessToken: string;
	/** ms since 1970 */
	renewAt: number;
	/** The fingerprint of the settings. */
	validFor: string;
}

export function keepToken(
	{ token, lifetimeSeconds }: Pick<TokenGrant, 'token' | 'lifetimeSeconds'>,
	validFor: string,
	now = Date.now(),
): KeptToken {
	// A token that is handed out close to its end is still used for half of what is left.
	const goodForSeconds = Math.max(lifetimeSeconds - RENEWAL_MARGIN_SECONDS, lifetimeSeconds / 2);
	return { accessToken: token, renewAt: now + goodForSeconds * 1000, validFor };
}

/** The token among the hidden fields, if it is good for these settings and not due for renewal. */
export function findKeptToken(
	{ accessToken, renewAt, validFor }: StoredCredential,
	wantedFor: string,
	now = Date.now(),
): string | undefined {
	const isGood =
		typeof accessToken === 'string' &&
		accessToken !== '' &&
		validFor === wantedFor &&
		typeof renewAt === 'number' &&
		renewAt > now;
	return isGood ? accessToken : undefined;
}
