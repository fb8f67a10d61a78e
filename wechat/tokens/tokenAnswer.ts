import { isRecord, type Answer } from '../outcome/answer';
import type { Meaning } from '../outcome/codes';
import { parseJson } from '../outcome/exactJson';
import { findMeaning } from '../outcome/meaning';
import type { Failed } from '../outcome/outcome';

export interface TokenGrant {
	kind: 'granted';
	token: string;
	/** From the moment of the answer. */
	lifetimeSeconds: number;
	/** The rest of the answer. */
	fields: Record<string, unknown>;
}

const NOT_RUN: Pick<Meaning, 'category' | 'retryable' | 'ran'> = {
	category: 'credential-invalid',
	retryable: false,
	ran: 'no',
};

/**
 * Reads WeChat's answer to a request for a token. Whatever fails here, the function was not run.
 * @param field where the token stands: `access_token`, `component_access_token` or `authorizer_access_token`
 */
export function readTokenAnswer(answer: Answer, field: string): TokenGrant | Failed {
	if (answer.kind === 'none') {
		return toFailed({
			...NOT_RUN,
			category: 'temporarily-unavailable',
			retryable: true,
			what:
				answer.reason === 'timeout'
					? 'WeChat did not answer the request for a token in time'
					: 'WeChat could not be reached for a token',
			hint: 'Check the network of n8n and the API host in the credential, then run the item again.',
		});
	}
	const body = parseJson(answer.text);
	if (isRecord(body)) {
		const token = body[field];
		if (typeof token === 'string' && token !== '') {
			return {
				kind: 'granted',
				token,
				lifetimeSeconds: readLifetime(body.expires_in),
				fields: body,
			};
		}
		if (typeof body.errcode === 'number' && body.errcode !== 0) {
			const errmsg = String(body.errmsg ?? '');
			const meaning: Meaning = { ...findMeaning(body.errcode, errmsg), ran: 'no' };
			return toFailed(meaning, body.errcode, errmsg);
		}
	}
	return toFailed({
		...NOT_RUN,
		what: `the request for a token was not answered by WeChat (HTTP ${answer.status})`,
		hint: 'Check the API host in the credential and any proxy in between.',
	});
}

/** WeChat's tokens live two hours. One whose lifetime is not told is used until WeChat refuses it. */
export function readLifetime(expiresIn: unknown): number {
	return Number(expiresIn) > 0 ? Number(expiresIn) : 7200;
}

export function toFailed(meaning: Meaning, errcode: number | null = null, errmsg = ''): Failed {
	return { kind: 'failed', errcode, errmsg, meaning };
}
