import { findKeptToken, type KeptToken } from './keptToken';
import type { StoredCredential } from './settings';

/** More than any service provider has customers in one process; the oldest go first. */
const KNOWN_LIMIT = 2000;

const known = new Map<string, KeptToken>();
const underway = new Map<string, Promise<KeptToken>>();

/**
 * The fields as read, or with the token this process knows for these settings, good or not: another
 * execution of this process, or another process, may have renewed what this one has read.
 */
export function takeNewest(fingerprint: string, stored: StoredCredential): StoredCredential {
	const recalled = known.get(fingerprint);
	if (recalled === undefined || Number(stored.renewAt) > recalled.renewAt) return stored;
	return { ...stored, ...recalled };
}

/**
 * One request for a token at a time, however many items, executions and nodes of this process want it.
 * @param refused a token WeChat has refused; it is not handed out again
 * @param mayRecall a token this process has got before will do
 */
export async function shareToken(
	fingerprint: string,
	refused: string,
	request: () => Promise<KeptToken>,
	mayRecall: boolean,
): Promise<KeptToken> {
	const held = mayRecall ? known.get(fingerprint) : undefined;
	if (held && held.accessToken !== refused && findKeptToken(held, fingerprint)) return held;
	for (let asked = underway.get(fingerprint); asked; asked = underway.get(fingerprint)) {
		const token = await asked;
		// Whoever asked may not have known that this one is refused.
		if (token.accessToken !== refused) return token;
	}
	const asking = request().finally(() => underway.delete(fingerprint));
	underway.set(fingerprint, asking);
	const token = await asking;
	remember(fingerprint, token);
	return token;
}

function remember(fingerprint: string, token: KeptToken): void {
	known.delete(fingerprint);
	known.set(fingerprint, token);
	const [oldest] = known.keys();
	if (known.size > KNOWN_LIMIT) known.delete(oldest);
}
