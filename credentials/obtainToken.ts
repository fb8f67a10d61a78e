import type { IHttpRequestHelper } from 'n8n-workflow';
import type { Failed } from '../wechat/answer/envelope';
import { redact } from '../wechat/outcome/redact';
import { ONLY_TOKEN } from './authenticate';
import { checkSettings } from './checkSettings';
import { sendRequest } from './http';
import type { KeptToken } from './keptToken';
import {
	fingerprint,
	listSecrets,
	readSettings,
	text,
	type Source,
	type StoredCredential,
} from './settings';
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
	const token = await getToken(helper, stored).catch(async (error: Error) => {
		if (error instanceof TokenError) reportToken(stored, error.failed);
		return await Promise.reject(error);
	});
	if (token === undefined) return {};
	reportToken(stored, { kind: 'obtained', token });
	return token;
}

async function getToken(
	{ helpers }: IHttpRequestHelper,
	stored: StoredCredential,
): Promise<KeptToken | undefined> {
	const settings = readSettings(stored);
	const failed = checkSettings(settings);
	if (failed !== undefined) throw new TokenError(failed);
	const { source, host } = settings;
	if (source.kind === 'fixed') return undefined;
	const key = fingerprint(settings);
	const kept = takeNewest(key, stored);
	const secrets = new Set([...listSecrets(stored), ...listSecrets(kept)]);
	const wish: TokenWish = {
		settings,
		key,
		refused: text(stored, 'refusedToken'),
		// The credential's Test asks WeChat, whatever this process knows.
		mayRecall: stored[ONLY_TOKEN] === true || isAnyTokenWanted(stored),
		kept,
		secrets,
		send: async (request, address = host) =>
			await sendRequest(helpers.httpRequest, address, request, TOKEN_REQUEST_TIMEOUT_MS),
		refuse: (failed: Failed) =>
			new TokenError({ ...failed, errmsg: redact(failed.errmsg, [...secrets]) }),
	};
	return await shareToken({
		...wish,
		ticket: findTicket(source),
		request: async () => await requestToken(source, wish),
	});
}

function findTicket(source: Source): string {
	const hasTicket = source.kind === 'component' || source.kind === 'authorizer';
	return hasTicket ? source.component.ticket : '';
}
