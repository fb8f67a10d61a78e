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
export function takeNewest(key: string, stored: StoredCredential): StoredCredential {
	const recalled = known.get(key);
	if (recalled === undefined || Number(stored.renewAt) > recalled.renewAt) return stored;
	return { ...stored, ...recalled };
}

/**
 * One request for a token at a time, however many items, executions and nodes of this process want it.
 * @param refused a token WeChat has refused; it is not handed out again
 * @param mayRecall a token this process has got before will do
 */
export async function shareToken(
	key: string,
	refused: string,
	request: () => Promise<KeptToken>,
	mayRecall: boolean,
): Promise<KeptToken> {
	const held = mayRecall ? known.get(key) : undefined;
	if (held && held.accessToken !== refused && findKeptToken(held, key)) return held;
	let asked: Promise<KeptToken> | undefined;
	while ((asked = underway.get(key)) !== undefined) {
		const token = await asked;
		// Whoever asked may not have known that this one is refused.
		if (token.accessToken !== refused) return token;
	}
	const asking = request().finally(() => underway.delete(key));
	underway.set(key, asking);
	const token = await asking;
	remember(key, token);
	return token;
}

function remember(key: string, token: KeptToken): void {
	known.delete(key);
	known.set(key, token);
	const [oldest] = known.keys();
	if (known.size > KNOWN_LIMIT) known.delete(oldest);
}
