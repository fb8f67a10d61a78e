import type { Answer } from '../answer/answer';
import { CREDENTIAL, type Meaning } from '../codes/kinds';
import { readReply, toFailed, type Failed } from '../answer/envelope';

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

/** '' where there is none. No token holds a space. */
export function readToken(value: unknown): string {
	const token = typeof value === 'string' ? value.trim() : '';
	return /\s/.test(token) ? '' : token;
}

const NO_TOKEN: Meaning = {
	...CREDENTIAL,
	what: "WeChat's answer to the request for a token holds none",
	hint: 'Check the API host in the credential and any proxy in between.',
};

const LONGEST_LIFETIME_SECONDS = 7200;
/** For one that is said to have ended: it is new all the same, and not asked for with every call. */
const SHORTEST_LIFETIME_SECONDS = 60;

/** WeChat's tokens live two hours. One whose lifetime is not told is used until WeChat refuses it. */
export function readLifetime(expiresIn: unknown): number {
	const seconds = Number(expiresIn ?? LONGEST_LIFETIME_SECONDS);
	if (Number.isNaN(seconds)) return LONGEST_LIFETIME_SECONDS;
	return Math.min(Math.max(seconds, SHORTEST_LIFETIME_SECONDS), LONGEST_LIFETIME_SECONDS);
}
