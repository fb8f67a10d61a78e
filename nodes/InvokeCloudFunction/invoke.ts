import type { IExecuteFunctions } from 'n8n-workflow';
import { REFUSED_HINT } from '../../credentials/refusedHint';
import { TOKEN_REFUSED } from '../../wechat/codes';
import { describeFailure, type Failure } from '../../wechat/failure';
import { readOutcome, type Failed, type Outcome, type Success } from '../../wechat/outcome';
import type { Invocation } from './readItem';
import { sendWithToken } from './send';
import type { TokenKeeper } from './tokenKeeper';

/** Invokes the function, once more with a new token if WeChat refuses the first. */
export async function invoke(
	context: IExecuteFunctions,
	keeper: TokenKeeper,
	{ target, request, timeoutMs }: Invocation,
): Promise<Success | Failure> {
	let attempts = 0;
	const call = async (token: string): Promise<Outcome> => {
		attempts += 1;
		const answer = await sendWithToken(context, keeper.withToken(token), request, timeoutMs);
		return readOutcome(answer);
	};
	const fail = (failed: Failed): Failure =>
		describeFailure(failed, { target, attempts, secrets: keeper.listSecrets() });

	const token = await keeper.get();
	if (typeof token !== 'string') return fail(token);
	let outcome = await call(token);
	if (isTokenRefused(outcome) && keeper.source !== 'fixed') {
		const next = await keeper.replace(token);
		// Where WeChat did not say why there is no new token, what it said of the old one stays.
		if (typeof next !== 'string') {
			return fail(next.errcode === null ? { ...outcome, meaning: next.meaning } : next);
		}
		outcome = await call(next);
	}
	if (outcome.kind === 'success') return outcome;
	if (!isTokenRefused(outcome)) return fail(outcome);
	return fail({ ...outcome, meaning: { ...outcome.meaning, hint: REFUSED_HINT[keeper.source] } });
}

function isTokenRefused(outcome: Outcome): outcome is Failed {
	return (
		outcome.kind === 'failed' && outcome.errcode !== null && TOKEN_REFUSED.has(outcome.errcode)
	);
}
