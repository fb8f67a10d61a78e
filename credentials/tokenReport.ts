import type { Failed } from '../wechat/outcome/outcome';
import type { KeptToken } from './keptToken';
import type { StoredCredential } from './settings';

/**
 * What came of asking for a token only. n8n wraps the errors of a credential, and its versions before 2.40
 * drop what they wrap; but all hand the same object of fields through, from the node to the credential.
 */
export type TokenReport = { kind: 'obtained'; token: KeptToken } | Failed;

const reports = new WeakMap<StoredCredential, TokenReport>();

export function reportToken(stored: StoredCredential, report: TokenReport): void {
	reports.set(stored, report);
}

export function findReport(stored: StoredCredential): TokenReport | undefined {
	return reports.get(stored);
}
