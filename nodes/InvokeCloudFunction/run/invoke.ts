import type { IExecuteFunctions } from 'n8n-workflow';
import { describeFailure, type Failure } from '../../../wechat/outcome/failure';
import { readOutcome, type Outcome } from '../../../wechat/outcome/outcome';
import type { Failed } from '../../../wechat/answer/envelope';
import type { Success } from '../../../wechat/outcome/returnValue';
import { warnOfSize } from '../../../wechat/invoke/request';
import { chooseDelayMs, LONGEST_WAIT_MS, mayTryAgain } from '../../../wechat/outcome/retry';
import { callWithToken } from '../../transport/callWithToken';
import { sendWithToken, type Access } from '../../transport/send';
import type { Invocation } from './job';
import type { Pace } from './pace';
import type { RetryBudget } from './retryBudget';
import { waitUnlessStopped } from './wait';

/** What the invocations of one run of the node share. */
export interface Run {
	context: IExecuteFunctions;
	budget: RetryBudget;
	pace: Pace;
	/** Nothing new is sent any more. */
	isStopped(): boolean;
}

/**
 * Invokes the function; again where that can't run it twice by mistake.
 * @returns undefined where the run was stopped before the first call
 */
export async function invoke(
	run: Run,
	invocation: Invocation,
): Promise<Success | Failure | undefined> {
	const { context, budget, pace, isStopped } = run;
	const { account, target, request, rules } = invocation;
	const { keeper, finalAnswers } = account;
	let attempts = 0;
	const call = async (access: Access): Promise<Outcome> => {
		attempts += 1;
		const answer = await sendWithToken(context, access, request, rules.timeoutMs);
		return readOutcome(answer, { check: rules.resultCheck, largeNumbers: rules.largeNumbers });
	};
	const fail = (failed: Failed): Failure => {
		const failure = describeFailure(failed, { target, attempts, secrets: keeper.listSecrets() });
		const warning = warnOfSize(request);
		return warning === undefined ? failure : { ...failure, hint: `${failure.hint} ${warning}` };
	};

	if (finalAnswers.find(target) === undefined && !(await pace.takeTurn())) return undefined;
	const known = finalAnswers.find(target);
	if (known !== undefined) return fail({ ...known, isRepeated: true });

	for (let tries = 1; ; tries++) {
		const outcome = await callWithToken(keeper, call, pace.takeTurn);
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
		if (!(await pace.takeTurn())) return fail(outcome);
	}
}

function withSchedule(success: Success, { delaySeconds }: Invocation): Success {
	if (delaySeconds === undefined) return success;
	return { ...success, scheduledFor: new Date(Date.now() + delaySeconds * 1000).toISOString() };
}
