import type { Answer } from '../outcome/answer';
import { CREDENTIAL, type Meaning } from '../outcome/codes';
import { readReply, toFailed, type Failed } from '../outcome/envelope';

export { toFailed } from '../outcome/envelope';

export interface TokenGrant {
	kind: 'granted';
	token: string;
	/** From the moment of the answer. */
	lifetimeSeconds: number;
	/** The rest of the answer. */
	fields: Record<string, unknown>;
}

/**
 * Reads WeChat's answer to a request for a token. Whatever fails here, the function was not run.
 * @param field where the token stands: `access_token`, `component_access_token` or `authorizer_access_token`
 */
export function readTokenAnswer(answer: Answer, field: string): TokenGrant | Failed {
	const reply = readReply(answer, { purpose: 'a token', wanted: field });
	if (reply.kind === 'failed') return reply;
	const { fields } = reply;
	const token = readToken(fields[field]);
	if (token === '') return toFailed(NO_TOKEN);
	return { kind: 'granted', token, lifetimeSeconds: readLifetime(fields.expires_in), fields };
}

/** '' where there is none. */
export function readToken(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

const NO_TOKEN: Meaning = {
	...CREDENTIAL,
	what: "WeChat's answer to the request for a token holds none",
	hint: 'Check the API host in the credential and any proxy in between.',
};

/** WeChat's tokens live two hours. One whose lifetime is not told is used until WeChat refuses it. */
export function readLifetime(expiresIn: unknown): number {
	return Number(expiresIn) > 0 ? Number(expiresIn) : 7200;
}
