import { composeSentence } from '../wechat/outcome/failure';
import type { Failed } from '../wechat/outcome/outcome';
import type { KeptToken } from './keptToken';
import type { StoredCredential } from './settings';

/** Why there is no token, in words for the credential test. */
export class TokenError extends Error {
	constructor(readonly failed: Failed) {
		super(`${composeSentence(failed)} ${failed.meaning.hint}`);
		this.name = 'TokenError';
	}
}

/**
 * What came of asking for a token. n8n wraps the errors of a credential, and its versions before 2.40 drop
 * what they wrap; but all hand the same object of fields through, from the node to the credential and from
 * one of its methods to the other.
 */
export type TokenReport = { kind: 'obtained'; token: KeptToken } | Failed;

const reports = new WeakMap<StoredCredential, TokenReport>();

export function reportToken(stored: StoredCredential, report: TokenReport): void {
	reports.set(stored, report);
}

export function findReport(stored: StoredCredential): TokenReport | undefined {
	return reports.get(stored);
}

const wanted = new WeakSet<StoredCredential>();

/** Notes that a request wants a token for these fields, and that one this process knows will do. */
export function wantAnyToken(stored: StoredCredential): void {
	wanted.add(stored);
}

export function isAnyTokenWanted(stored: StoredCredential): boolean {
	return wanted.has(stored);
}
