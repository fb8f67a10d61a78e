import type { IHttpRequestHelper } from 'n8n-workflow';
import { composeReason } from '../wechat/failure';
import { findMeaning } from '../wechat/meaning';
import type { Failed } from '../wechat/outcome';
import { redact } from '../wechat/redact';
import { buildStableTokenRequest, readStableToken } from '../wechat/stableToken';
import { sendRequest } from './http';
import {
	findSettingsProblem,
	fingerprint,
	listSecrets,
	readSettings,
	type Settings,
	type StoredCredential,
} from './settings';

const TOKEN_REQUEST_TIMEOUT_MS = 10_000;

/**
 * A token is renewed this long before its end. It must be less than the 5 minutes in which
 * stable_token hands out the next token: asked earlier, it would return the old one.
 */
const RENEWAL_MARGIN_MS = 270_000;

/** The credential's hidden fields: the token in use, and for how long and which settings it is good. */
export interface KeptToken extends Record<string, string | number> {
	accessToken: string;
	/** ms since 1970 */
	validUntil: number;
	validFor: string;
}

/** Why there is no token. The message is for the credential test, `failed` for the items. */
export class TokenError extends Error {
	constructor(readonly failed: Failed) {
		const reason = composeReason(failed);
		super(`${reason[0].toUpperCase()}${reason.slice(1)}. ${failed.meaning.hint}`);
		this.name = 'TokenError';
	}
}

/** The TokenError in an error that n8n has wrapped. */
export function findTokenError(error: unknown): TokenError | undefined {
	if (error instanceof TokenError) return error;
	return error instanceof Error && error.cause !== undefined
		? findTokenError(error.cause)
		: undefined;
}

/**
 * Requests a token from WeChat; there is nothing to request for a fixed one.
 * @throws TokenError, built afresh: n8n's own error would hold the request with the AppSecret
 */
export async function requestToken(
	{ helpers }: IHttpRequestHelper,
	stored: StoredCredential,
): Promise<KeptToken | Record<string, never>> {
	const settings = readSettings(stored);
	const problem = findSettingsProblem(settings);
	if (problem !== undefined) {
		const meaning = { ...findMeaning(41001, ''), ...problem };
		throw new TokenError({ kind: 'failed', meaning, errcode: null, errmsg: '' });
	}
	if (settings.source.kind === 'fixed') return {};
	const answer = await sendRequest(
		helpers.httpRequest,
		settings.host,
		buildStableTokenRequest(settings.source),
		TOKEN_REQUEST_TIMEOUT_MS,
	);
	const token = readStableToken(answer);
	if ('kind' in token) {
		throw new TokenError({ ...token, errmsg: redact(token.errmsg, listSecrets(stored)) });
	}
	return {
		accessToken: token.token,
		validUntil: Date.now() + token.lifetimeSeconds * 1000,
		validFor: fingerprint(settings),
	};
}

/** Whether the token n8n has kept is good for these settings and not about to end. */
export function isKeptTokenGood(stored: StoredCredential, now = Date.now()): boolean {
	return (
		stored.validFor === fingerprint(readSettings(stored)) &&
		typeof stored.validUntil === 'number' &&
		stored.validUntil - now > RENEWAL_MARGIN_MS
	);
}

/** The token to send, or '' if there is none. */
export function currentToken(stored: StoredCredential, { source }: Settings): string {
	if (source.kind === 'fixed') return source.token;
	return typeof stored.accessToken === 'string' ? stored.accessToken : '';
}
