import type { Source } from '../../credentials/settings';
import { TOKEN_REFUSED } from '../../wechat/codes/catalogue';
import { isFailed, type Failed } from '../../wechat/answer/envelope';
import type { Access } from './send';
import type { TokenKeeper } from './tokenKeeper';

/**
 * One call, and a second one with a new token if WeChat refuses the first.
 * @param call sends the request with this token and reads the answer
 */
export async function callWithToken<T extends { kind: string }>(
	keeper: TokenKeeper,
	call: (access: Access) => Promise<T | Failed>,
): Promise<T | Failed> {
	const access = await keeper.get();
	if (access.kind === 'failed') return { ...access, isOfToken: true };
	let outcome = await call(access);
	if (isTokenRefused(outcome) && access.source !== 'fixed') {
		const next = await keeper.replace(access);
		// Where WeChat did not say why there is no new token, what it said of the old one stays.
		if (next.kind === 'failed') {
			const { meaning, retryAfterMs } = next;
			const own = next.errcode === null ? { ...outcome, meaning, retryAfterMs } : next;
			return { ...own, isOfToken: true };
		}
		outcome = await call(next);
	}
	if (!isTokenRefused(outcome)) return outcome;
	return { ...outcome, meaning: { ...outcome.meaning, hint: REFUSED_HINT[access.source] } };
}

function isTokenRefused(outcome: { kind: string }): outcome is Failed {
	return isFailed(outcome) && TOKEN_REFUSED.has(outcome.errcode ?? 0);
}

/** What to do when WeChat refuses a token, and for all but the fixed one: a new one as well. */
const REFUSED_HINT: Readonly<Record<Source['kind'], string>> = {
	fixed:
		'Paste a new token into the credential: a fixed token ends after two hours at most. With the token source "From WeChat" the credential keeps its token fresh by itself.',
	app: 'WeChat refused a new token as well. Check that the App ID and the API host in the credential belong together.',
	component:
		"WeChat refused a new token as well. Check the service provider's settings and the API host in the credential.",
	authorizer:
		'WeChat refused a new token as well. Check that the customer still authorizes the service provider.',
	tokenServer:
		'The token server hands out a token that WeChat refuses. Check that it serves this account and renews its token in time.',
};
