import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';
import { isFailed, mayHaveRun, type Failed } from '../../../wechat/answer/envelope';
import type { CallPlace } from '../../../wechat/outcome/finalAnswers';
import { readOutcome, type Outcome } from '../../../wechat/outcome/outcome';
import type { Success } from '../../../wechat/outcome/returnValue';
import type { WeChatRequest } from '../../../wechat/invoke/request';
import { chooseDelayMs, LONGEST_WAIT_MS, mayTryAgain } from '../../../wechat/outcome/retry';
import { writeLocalTime } from '../input/nodeInput';
import { callWithToken } from '../../transport/callWithToken';
import { sendWithToken, type Access } from '../../transport/send';
import { SURPRISE, type Called, type Ran } from './answered';
import { buildRequest, type Invocation } from './job';
import { hasWaitedInVain, type Limits, type Place } from './limits/limits';
import type { Pace } from './limits/pace';
import type { StepAside } from './runBounded';
import { waitUnlessStopped } from '../../transport/wait';

/** What the invocations of one run of the node share. */
export interface Run {
	context: IExecuteFunctions;
	limits: Limits;
	pace: Pace;
	/** Nothing new is sent any more. */
	isStopped(): boolean;
}

/** What came in the way of a call: the run was stopped, or `instead` makes it pointless. */
interface Unsent {
	kind: 'unsent';
	instead?: Failed;
}

/** An invocation on its way. */
interface Way {
	run: Run;
	invocation: Invocation;
	request: WeChatRequest;
	/** What its answers may be about. */
	about: CallPlace;
	place: Place;
	attempts: number;
	/** The last call that may have run the function, and failed. */
	ran?: Failed;
}

/**
 * Invokes the function; again where that can't run it twice by mistake. Never throws.
 * @param before what a call with the same items came to that has run the function
 * @returns undefined where the run was stopped before the first call
 */
export async function invoke(
	run: Run,
	invocation: Invocation,
	stepAside: StepAside,
	before?: Ran,
): Promise<Called | undefined> {
	const request = buildRequest(invocation);
	const { account, target, patience } = invocation;
	const where = { account, environment: target.environment, part: 'functions' } as const;
	const place = run.limits.lineUp(where, { patience, stepAside });
	const { outcome: ran, attempts = 0 } = before ?? {};
	const about = { path: request.path, target };
	const way: Way = { run, invocation, request, about, place, attempts, ran };
	try {
		const outcome = await goOnUntilDone(way);
		const told = keepsFromRunning(outcome) ? (way.ran ?? outcome) : outcome;
		return told && { outcome: told, attempts: way.attempts };
	} catch {
		return { outcome: SURPRISE, attempts: way.attempts };
	} finally {
		place.close();
	}
}

/** A call that was not made, or did not run the function, says nothing of one before it that did. */
function keepsFromRunning(outcome: Outcome | undefined): boolean {
	return outcome === undefined || (isFailed(outcome) && !mayHaveRun(outcome));
}

async function goOnUntilDone(way: Way): Promise<Outcome | undefined> {
	const { run, invocation } = way;
	const { account, rules, patience } = invocation;
	let last = findKnown(way);
	if (last !== undefined) return last;
	for (let tries = 1; ; ) {
		// The token too is got only then: it may meet a limit as well.
		const outcome = await way.place.take(() =>
			callWithToken(account.keeper, (access) => call(way, access)),
		);
		if (outcome === 'stopped') return last;
		if (outcome.kind === 'unsent') return outcome.instead ?? last;
		account.finalAnswers.note(way.about, outcome);
		if (outcome.kind === 'success') {
			if (tries > 1) account.retries.giveBack();
			return withSchedule(run, outcome, invocation.delaySeconds);
		}
		last = outcome;
		if (hasWaitedInVain(outcome, patience)) return outcome;
		if (tries >= rules.maxTries || !mayTryAgain(outcome.meaning, rules.safeToRepeat))
			return outcome;
		const delayMs = chooseDelayMs(outcome.meaning, tries, outcome.retryAfterMs);
		if (delayMs > LONGEST_WAIT_MS || !account.retries.take()) return outcome;
		if (!(await waitUnlessStopped(delayMs, run.isStopped))) return outcome;
		tries += 1;
	}
}

/** One call, if it is still wanted: its turn may have come late. */
async function call(way: Way, access: Access): Promise<Outcome | Unsent> {
	const { run, invocation, request } = way;
	if (!(await run.pace.takeTurn())) return { kind: 'unsent' };
	const known = findKnown(way);
	if (known !== undefined) return { kind: 'unsent', instead: known };
	way.attempts += 1;
	const { timeoutMs, largeNumbers } = invocation.rules;
	const sentAt = performance.now();
	const answer = await sendWithToken(run.context, access, request, timeoutMs);
	const outcome = readOutcome(answer, { largeNumbers }, performance.now() - sentAt);
	if (isFailed(outcome) && mayHaveRun(outcome)) way.ran = outcome;
	return outcome;
}

/** An answer that every such call would get as well. */
function findKnown(way: Way): Failed | undefined {
	const answer = way.invocation.account.finalAnswers.find(way.about);
	return answer && { ...answer, isRepeated: true };
}

/** When WeChat will run it, in the workflow's time zone. */
function withSchedule({ context }: Run, success: Success, delaySeconds?: number): Success {
	if (delaySeconds === undefined) return success;
	const at = DateTime.now().plus({ seconds: delaySeconds });
	return { ...success, scheduledFor: writeLocalTime(context, at) };
}
