import { composeSentence } from '../wechat/outcome/failure';
import type { Failed } from '../wechat/answer/envelope';
import type { KeptToken } from './keptToken';
import type { StoredCredential } from './settings';

/** Why there is no token, in words for the credential's Test. */
export class TokenError extends Error {
	/** Anything but a number: n8n would put a sentence of its own in place of a message that speaks of one. */
	readonly httpCode = 'no token';

	constructor(readonly failed: Failed) {
		super(speakOfTest(`${composeSentence(failed)} ${failed.meaning.hint}`));
		this.name = 'TokenError';
	}
}

/** A Test has no item that could be run again. */
export function speakOfTest(text: string): string {
	return text.replace(/\b(r)un (?:the|this) item again/gi, (_, r: string) =>
		r === 'R' ? 'Test the credential again' : 'test the credential again',
	);
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
