import { sleep } from 'n8n-workflow';
import type { Answer } from '../../wechat/answer/answer';
import { CREDENTIAL, type Meaning } from '../../wechat/codes/kinds';
import { toFailed, type Failed } from '../../wechat/answer/envelope';
import { chooseDelayMs } from '../../wechat/outcome/retry';
import type { TokenGrant } from '../../wechat/tokens/tokenAnswer';
import type { Outgoing } from '../http';
import type { Settings, StoredCredential } from '../settings';
import type { TokenError } from '../tokenReport';

/** What a request for a token needs to know and may do. */
export interface TokenWish {
	settings: Settings;
	/** Their fingerprint. */
	key: string;
	/** A token WeChat has refused, or ''. */
	refused: string;
	/** Tokens that this process has got before will do: not for the credential's Test. */
	mayRecall: boolean;
	/** The credential's fields, the hidden ones as new as this process knows them. */
	kept: StoredCredential;
	/** Tokens met on the way, none of which must appear in an error. */
	secrets: Set<string>;
	/** Sends to the API host, or to another address. */
	send(request: Outgoing, address?: string): Promise<Answer>;
	/** Makes the error that tells why there is no token. */
	refuse(failed: Failed): TokenError;
}

type ReadAnswer = (answer: Answer) => TokenGrant | Failed;

/** How often a token is asked for where the answer is that it may be had in a moment. */
const MOST_TRIES = 3;
/** No try begins later than this after the first. */
const PATIENCE_MS = 15_000;

/** Asks for a token; again where one bad second of WeChat, of a proxy or of a token server is in the way. */
export async function ask(
	wish: TokenWish,
	request: Outgoing,
	read: ReadAnswer,
	address?: string,
): Promise<TokenGrant | Failed> {
	const startedAt = performance.now();
	for (let tries = 1; ; tries++) {
		const answer = read(await wish.send(request, address));
		if (answer.kind === 'granted') {
			wish.secrets.add(answer.token);
			return answer;
		}
		if (tries >= MOST_TRIES || !passesSoon(answer)) return answer;
		const delayMs = chooseDelayMs(answer.meaning, tries, answer.retryAfterMs);
		if (performance.now() - startedAt + delayMs > PATIENCE_MS) return answer;
		await sleep(delayMs);
	}
}

/** WeChat's limits by the minute take longer, unless the answer says how long. */
function passesSoon({ meaning, retryAfterMs }: Failed): boolean {
	const { category, retryable } = meaning;
	if (category === 'rate-limited') return retryAfterMs !== undefined;
	return retryable && category === 'temporarily-unavailable';
}

/** @throws TokenError if no token was granted, or the very one that WeChat refuses */
export function grantNew(answer: TokenGrant | Failed, wish: TokenWish): TokenGrant {
	if (answer.kind === 'failed') throw wish.refuse(answer);
	if (answer.token === wish.refused) throw wish.refuse(toFailed(SAME_AGAIN));
	return answer;
}

const SAME_AGAIN: Meaning = {
	...CREDENTIAL,
	what: 'the token that WeChat refuses was handed out again',
	hint: 'Check that the token server, or the service provider in the credential, belongs to the account whose function is called.',
};
