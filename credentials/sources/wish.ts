import type { Answer } from '../../wechat/outcome/answer';
import type { Meaning } from '../../wechat/outcome/codes';
import type { Failed } from '../../wechat/outcome/outcome';
import { toFailed, type TokenGrant } from '../../wechat/tokens/tokenAnswer';
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
	/** Sends to the API host, or to another address. */
	send(request: Outgoing, address?: string): Promise<Answer>;
	/** Makes the error that tells why there is no token. */
	refuse(failed: Failed): TokenError;
}

/** @throws TokenError if no token was granted */
export function grant(answer: TokenGrant | Failed, wish: TokenWish): TokenGrant {
	if (answer.kind === 'failed') throw wish.refuse(answer);
	return answer;
}

/** @throws TokenError if no token was granted, or the very one that WeChat refuses */
export function grantNew(answer: TokenGrant | Failed, wish: TokenWish): TokenGrant {
	const granted = grant(answer, wish);
	if (granted.token === wish.refused) throw wish.refuse(toFailed(SAME_AGAIN));
	return granted;
}

const SAME_AGAIN: Meaning = {
	category: 'credential-invalid',
	retryable: false,
	ran: 'no',
	what: 'the token that WeChat refuses was handed out again',
	hint: 'Check that the token server, or the service provider in the credential, belongs to the account whose function is called.',
};
