import { composeReason } from '../wechat/failure';
import type { Failed } from '../wechat/outcome';

/** Why there is no token. The message is for the credential test, `failed` for the items. */
export class TokenError extends Error {
	constructor(readonly failed: Failed) {
		const reason = composeReason(failed);
		super(`${reason[0].toUpperCase()}${reason.slice(1)}. ${failed.meaning.hint}`);
		this.name = 'TokenError';
	}
}

/** Ends a request once n8n has obtained and stored the token, before anything is sent. */
export class TokenObtained extends Error {}

/** An error of this class in one that n8n has wrapped. */
export function findError<T extends Error>(
	type: abstract new (...args: never[]) => T,
	error: unknown,
): T | undefined {
	if (error instanceof type) return error;
	return error instanceof Error && error.cause !== undefined
		? findError(type, error.cause)
		: undefined;
}
