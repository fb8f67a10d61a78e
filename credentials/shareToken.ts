import { findKeptToken, type KeptToken } from './keptToken';
import type { StoredCredential } from './settings';

/** More than any service provider has customers in one process, some 20 MB; the longest unused go first. */
const KNOWN_LIMIT = 10_000;

const known = new Map<string, KeptToken>();

interface Asking {
	ticket: string;
	token: Promise<KeptToken>;
}
const underway = new Map<string, Asking>();

/**
 * The fields as read, or with the token this process knows for these settings, good or not: another
 * execution of this process, or another process, may have renewed what this one has read. Where the fields
 * hold a token of other settings, as with one credential for many customers, it says nothing about this one's.
 */
export function takeNewest(key: string, stored: StoredCredential): StoredCredential {
	const recalled = known.get(key);
	if (recalled === undefined) return stored;
	const isNewer = stored.validFor === key && Number(stored.renewAt) > recalled.renewAt;
	return isNewer ? stored : { ...stored, ...recalled };
}

export interface Sharing {
	/** The settings' fingerprint. */
	key: string;
	/** The service provider's ticket that the request rests on, or ''. */
	ticket: string;
	/** A token WeChat has refused, or ''; it is not handed out again. */
	refused: string;
	/** A token this process has got before will do. */
	mayRecall: boolean;
	request(): Promise<KeptToken>;
}

/** One request for a token at a time, however many items, executions and nodes of this process want it. */
export async function shareToken(sharing: Sharing): Promise<KeptToken> {
	const { key, ticket, refused, mayRecall, request } = sharing;
	const held = mayRecall ? known.get(key) : undefined;
	if (held && held.accessToken !== refused && findKeptToken(held, key)) return held;
	// The credential's Test shows what WeChat says now: it joins no request that may recall something.
	const place = `${key} ${mayRecall}`;
	let asked: Asking | undefined;
	while ((asked = underway.get(place)) !== undefined) {
		const token = await joinUnlessStale(asked, ticket);
		// Whoever asked may not have known that this one is refused.
		if (token !== undefined && token.accessToken !== refused) return token;
	}
	const asking = { ticket, token: request().finally(() => underway.delete(place)) };
	underway.set(place, asking);
	const token = await asking.token;
	remember(key, token);
	return token;
}

/** @returns undefined where it failed with another ticket: a fresh one may do */
async function joinUnlessStale(asked: Asking, ticket: string): Promise<KeptToken | undefined> {
	if (asked.ticket === ticket) return await asked.token;
	return await asked.token.catch(() => undefined);
}

function remember(key: string, token: KeptToken): void {
	known.delete(key);
	known.set(key, token);
	const [oldest] = known.keys();
	if (known.size > KNOWN_LIMIT) known.delete(oldest);
}
