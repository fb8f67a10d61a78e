import { composeSentence } from '../wechat/outcome/failure';
import type { Failed } from '../wechat/outcome/outcome';

/** Why there is no token, in words for the credential test. */
export class TokenError extends Error {
	constructor(readonly failed: Failed) {
		super(`${composeSentence(failed)} ${failed.meaning.hint}`);
		this.name = 'TokenError';
	}
}
