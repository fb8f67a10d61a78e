import { isRecord, type Answer } from './answer';
import type { Meaning } from './codes';
import { findMeaning } from './meaning';
import { parseJson, type Failed } from './outcome';
import type { WeChatRequest } from './request';

export interface App {
	appId: string;
	appSecret: string;
}

export interface Token {
	token: string;
	/** From the moment of the answer. */
	lifetimeSeconds: number;
}

/**
 * The request for a mini program's token. stable_token in its normal mode hands out the same token until
 * 5 minutes before its end, so any number of processes may ask; `/cgi-bin/token` would invalidate the
 * token of every other service of the app.
 */
export function buildStableTokenRequest({ appId, appSecret }: App): WeChatRequest {
	return {
		method: 'POST',
		path: '/cgi-bin/stable_token',
		query: {},
		body: JSON.stringify({ grant_type: 'client_credential', appid: appId, secret: appSecret }),
	};
}

const NO_TOKEN_HINT = 'Check the API host in the credential and any proxy in between.';
const CREDENTIAL: Pick<Meaning, 'category' | 'retryable' | 'ran'> = {
	category: 'credential-invalid',
	retryable: false,
	ran: 'no',
};

/** Reads the answer of stable_token. Whatever fails here, the function was not run. */
export function readStableToken(answer: Answer): Token | Failed {
	if (answer.kind === 'none') {
		const reason = answer.reason === 'timeout' ? 'did not answer in time' : 'could not be reached';
		const meaning: Meaning = {
			category: 'temporarily-unavailable',
			retryable: true,
			ran: 'no',
			what: `WeChat ${reason} for an access token`,
			hint: 'Check the network of n8n and the API host in the credential, then run the item again.',
		};
		return { kind: 'failed', meaning, errcode: null, errmsg: '' };
	}
	const body = parseJson(answer.text);
	if (isRecord(body) && typeof body.access_token === 'string' && body.access_token !== '') {
		return { token: body.access_token, lifetimeSeconds: Number(body.expires_in) || 0 };
	}
	if (isRecord(body) && typeof body.errcode === 'number') {
		const errmsg = String(body.errmsg ?? '');
		const meaning: Meaning = { ...findMeaning(body.errcode, errmsg), ran: 'no' };
		return { kind: 'failed', meaning, errcode: body.errcode, errmsg };
	}
	const what = `the request for an access token was not answered by WeChat (HTTP ${answer.status})`;
	const meaning = { ...CREDENTIAL, what, hint: NO_TOKEN_HINT };
	return { kind: 'failed', meaning, errcode: null, errmsg: '' };
}
