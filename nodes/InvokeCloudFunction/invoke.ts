import type { IExecuteFunctions } from 'n8n-workflow';
import { REFUSED_HINT } from '../../credentials/refusedHint';
import { TOKEN_REFUSED } from '../../wechat/codes';
import { describeFailure, type Failure } from '../../wechat/failure';
import { createFinalAnswers, type FinalAnswers } from '../../wechat/finalAnswers';
import { readOutcome, type Failed, type Outcome, type Success } from '../../wechat/outcome';
import { warnOfSize } from '../../wechat/request';
import { chooseDelayMs, LONGEST_WAIT_MS, mayTryAgain } from '../../wechat/retry';
import type { Invocation } from './makeJobs';
import { createRetryBudget, waitUnlessStopped, type RetryBudget } from './retryBudget';
import { sendWithToken } from './send';
import { openTokenKeeper, type TokenKeeper } from './tokenKeeper';

/** What the invocations of one run of the node share. */
export interface Run {
	context: IExecuteFunctions;
	keeper: TokenKeeper;
	budget: RetryBudget;
	finalAnswers: FinalAnswers;
	/** Nothing new is sent any more. */
	isStopped(): boolean;
}

export async function openRun(context: IExecuteFunctions, isStopped: () => boolean): Promise<Run> {
	return {
		context,
		keeper: await openTokenKeeper(context),
		budget: createRetryBudget(),
		finalAnswers: createFinalAnswers(),
		isStopped,
	};
}

/** Invokes the function; again where that can't run it twice by mistake. */
export async function invoke(run: Run, invocation: Invocation): Promise<Success | Failure> {
	const { keeper, budget, finalAnswers, isStopped } = run;
	const { target, rules } = invocation;
	let attempts = 0;
	const countCall = () => {
		attempts += 1;
	};
	const fail = (failed: Failed): Failure => {
		const failure = describeFailure(failed, { target, attempts, secrets: keeper.listSecrets() });
		const warning = warnOfSize(invocation.request);
		return warning === undefined ? failure : { ...failure, hint: `${failure.hint} ${warning}` };
	};

	const known = finalAnswers.find(target);
	if (known !== undefined) return fail({ ...known, isRepeated: true });

	for (let tries = 1; ; tries++) {
		const outcome = await callWithGoodToken(run, invocation, countCall);
		if (outcome.kind === 'success') {
			if (tries > 1) budget.giveBack();
			return withSchedule(outcome, invocation);
		}
		finalAnswers.remember(target, outcome);
		const { meaning, retryAfterMs } = outcome;
		if (tries >= rules.maxTries || !mayTryAgain(meaning, rules.safeToRepeat)) return fail(outcome);
		const delayMs = chooseDelayMs(meaning, tries, retryAfterMs);
		if (delayMs > LONGEST_WAIT_MS || !budget.take()) return fail(outcome);
		if (!(await waitUnlessStopped(delayMs, isStopped))) return fail(outcome);
	}
}

/** One call, and a second one with a new token if WeChat refuses the first. */
async function callWithGoodToken(
	{ context, keeper }: Run,
	{ request, rules }: Invocation,
	countCall: () => void,
): Promise<Outcome> {
	const call = async (token: string): Promise<Outcome> => {
		countCall();
		const stored = keeper.withToken(token);
		const answer = await sendWithToken(context, stored, request, rules.timeoutMs);
		const { resultCheck: check, largeNumbers } = rules;
		return readOutcome(answer, { check, largeNumbers });
	};
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
		outcome = await call(next);
	}
	if (!isTokenRefused(outcome)) return outcome;
	return { ...outcome, meaning: { ...outcome.meaning, hint: REFUSED_HINT[keeper.source] } };
}

function withSchedule(success: Success, { delaySeconds }: Invocation): Success {
	if (delaySeconds === undefined) return success;
	return { ...success, scheduledFor: new Date(Date.now() + delaySeconds * 1000).toISOString() };
}

function isTokenRefused(outcome: Outcome): outcome is Failed {
	return (
		outcome.kind === 'failed' && outcome.errcode !== null && TOKEN_REFUSED.has(outcome.errcode)
	);
}
