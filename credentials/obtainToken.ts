import type { IHttpRequestHelper } from 'n8n-workflow';
import type { Answer } from '../wechat/outcome/answer';
import type { Failed } from '../wechat/outcome/outcome';
import { redact } from '../wechat/outcome/redact';
import { ONLY_TOKEN } from './authenticate';
import { checkSettings } from './checkSettings';
import { sendRequest } from './http';
import type { KeptToken } from './keptToken';
import { fingerprint, listSecrets, readSettings, text, type StoredCredential } from './settings';
import { shareToken, takeNewest } from './shareToken';
import { requestToken } from './sources/requestToken';
import type { TokenWish } from './sources/wish';
import { isAnyTokenWanted, reportToken, TokenError } from './tokenReport';

const TOKEN_REQUEST_TIMEOUT_MS = 10_000;

/**
 * Gets a token the way the credential says; there is nothing to get for a fixed one.
 * `refusedToken` among the fields is a token WeChat has refused.
 * @throws TokenError, built afresh: n8n's own error would hold the request with its secret
 */
export async function obtainToken(
	helper: IHttpRequestHelper,
	stored: StoredCredential,
): Promise<KeptToken | Record<string, never>> {
	const token = await getToken(helper, stored).catch((error: unknown) => {
		if (error instanceof TokenError) reportToken(stored, error.failed);
		throw error;
	});
	if (isKeptToken(token)) reportToken(stored, { kind: 'obtained', token });
	return token;
}

async function getToken(
	{ helpers }: IHttpRequestHelper,
	stored: StoredCredential,
): Promise<KeptToken | Record<string, never>> {
	const settings = readSettings(stored);
	const failed = checkSettings(settings);
	if (failed !== undefined) throw toTokenError(stored, failed);
	const { source, host } = settings;
	if (source.kind === 'fixed') return {};
	const key = fingerprint(settings);
	const refused = text(stored, 'refusedToken');
	// The credential's Test asks WeChat, whatever this process knows.
	const mayRecall = stored[ONLY_TOKEN] === true || isAnyTokenWanted(stored);
	const wish: TokenWish = {
		settings,
		key,
		refused,
		mayRecall,
		kept: takeNewest(key, stored),
		send: async (request, address = host): Promise<Answer> =>
			await sendRequest(helpers.httpRequest, address, request, TOKEN_REQUEST_TIMEOUT_MS),
		refuse: (failed) => toTokenError(stored, failed),
	};
	const request = async () => await requestToken(source, wish);
	return await shareToken(key, refused, request, mayRecall);
}

function isKeptToken(token: KeptToken | Record<string, never>): token is KeptToken {
	return token.accessToken !== undefined;
}

function toTokenError(stored: StoredCredential, failed: Failed): TokenError {
	return new TokenError({ ...failed, errmsg: redact(failed.errmsg, listSecrets(stored)) });
}
