import type { IHttpRequestOptions } from 'n8n-workflow';
import { readSettings, text, type StoredCredential } from './settings';

/** Set by the node when it wants the token and nothing to be sent. */
export const ONLY_TOKEN = 'onlyToken';

/**
 * Puts the token into the query; all three kinds go by the same name there.
 * @throws where only the token was wanted: nothing is sent
 */
export function authenticateRequest(
	stored: StoredCredential,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	if (stored[ONLY_TOKEN] === true) throw new Error('Only the token was wanted.');
	const { source } = readSettings(stored);
	const access_token = source.kind === 'fixed' ? source.token : text(stored, 'accessToken');
	return { ...options, qs: { ...options.qs, access_token } };
}
