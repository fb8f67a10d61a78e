import { REFUSED_HINT } from '../../credentials/refusedHint';
import { TOKEN_REFUSED } from '../../wechat/outcome/codes';
import type { Failed } from '../../wechat/outcome/outcome';
import type { TokenKeeper } from './tokenKeeper';

/**
 * One call, and a second one with a new token if WeChat refuses the first.
 * @param call sends the request with this token and reads the answer
 * @param mayRepeat whether the second call is still wanted
 */
export async function callWithToken<T extends { kind: string }>(
	keeper: TokenKeeper,
	call: (token: string) => Promise<T | Failed>,
	mayRepeat: () => Promise<boolean> = async () => true,
): Promise<T | Failed> {
	const token = await keeper.get();
	if (typeof token !== 'string') return token;
	let outcome = await call(token);
	if (isTokenRefused(outcome) && keeper.source !== 'fixed') {
		const next = await keeper.replace(token);
		// Where WeChat did not say why there is no new token, what it said of the old one stays.
		if (typeof next !== 'string') {
			const { meaning, retryAfterMs } = next;
			return next.errcode === null ? { ...outcome, meaning, retryAfterMs } : next;
		}
		if (!(await mayRepeat())) return outcome;
		outcome = await call(next);
	}
	if (!isTokenRefused(outcome)) return outcome;
	return { ...outcome, meaning: { ...outcome.meaning, hint: REFUSED_HINT[keeper.source] } };
}

function isTokenRefused(outcome: { kind: string }): outcome is Failed {
	const { errcode } = outcome as Partial<Failed>;
	return outcome.kind === 'failed' && typeof errcode === 'number' && TOKEN_REFUSED.has(errcode);
}
