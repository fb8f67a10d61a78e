import { composeReason } from '../wechat/failure';
import type { Failed } from '../wechat/outcome';

/** Why there is no token, in words for the credential test. */
export class TokenError extends Error {
	constructor(readonly failed: Failed) {
		const reason = composeReason(failed);
		super(`${reason[0].toUpperCase()}${reason.slice(1)}. ${failed.meaning.hint}`);
		this.name = 'TokenError';
	}
}
