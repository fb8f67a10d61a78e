import { warnOfSize } from '../../../wechat/invoke/request';
import type { Target } from '../../../wechat/invoke/target';
import { CHECK_FIRST_HINT, UNKNOWN_OUTCOME } from '../../../wechat/codes/kinds';
import { toFailed, type Failed } from '../../../wechat/answer/envelope';
import { describeFailure, type Failure } from '../../../wechat/outcome/failure';
import type { Outcome } from '../../../wechat/outcome/outcome';
import { redact, shorten } from '../../../wechat/outcome/redact';
import { judgeOwnWords, judgeResult, type Success } from '../../../wechat/outcome/returnValue';
import {
	buildRequest,
	listItems,
	listSecrets,
	writeRequestData,
	type Answered,
	type Invocation,
} from './job';

/** What an invocation came to, and how often the function was called for it. */
export interface Called {
	outcome: Outcome;
	attempts: number;
}

/** The same of one that failed and may have run the function. */
export interface Ran extends Called {
	outcome: Failed;
}

/**
 * The same for its items. A result that is an array as long as the batch is a result for each of them; any
 * other belongs to all.
 */
export function settle(invocation: Invocation, called: Called): Answered[] {
	const { delaySeconds, rules } = invocation;
	const { outcome } = called;
	if (outcome.kind === 'failed') return [toFailure(invocation, called, outcome)];
	// WeChat runs it later: there is no result yet.
	if (delaySeconds !== undefined) return [toAnswered(invocation, called, outcome)];
	if (isOneByOne(invocation, outcome.result)) {
		return settleElements(invocation, called, outcome, outcome.result);
	}
	const judged = judgeResult(outcome.result, outcome.errmsg, rules.resultCheck);
	if (judged.kind === 'failed') return [toFailure(invocation, called, judged)];
	return [toAnswered(invocation, called, outcome)];
}

function isOneByOne({ inBatch, entries }: Invocation, result: unknown): result is unknown[] {
	return inBatch && Array.isArray(result) && result.length === entries.length;
}

/** The elements that are successes stay together, as the call's result for their items. */
function settleElements(
	invocation: Invocation,
	called: Called,
	success: Success,
	elements: unknown[],
): Answered[] {
	const { entries, rules } = invocation;
	const failures: Answered[] = [];
	const good = entries.filter((entry, i) => {
		const single = { ...invocation, inBatch: false, entries: [entry] };
		const judge = () => judgeOwnWords(elements[i], success.errmsg, rules.resultCheck);
		const outcome = tryTo(judge, () => SURPRISE);
		if (outcome.kind === 'failed') failures.push(toFailure(single, called, outcome));
		return outcome.kind === 'success';
	});
	if (good.length === 0) return failures;
	const result = elements.filter((_, i) => good.includes(entries[i]));
	const together = { ...invocation, entries: good };
	return [toAnswered(together, called, { ...success, result }), ...failures];
}

function toAnswered(
	invocation: Invocation,
	{ attempts }: Called,
	outcome: Answered['outcome'],
): Answered {
	const { account, target, rules, patience, inBatch, callback } = invocation;
	const waitsFor = callback && invocation;
	const made = { account, target, rules, patience, inBatch, attempts };
	const call = { ...made, ...(waitsFor && { waitsFor }) };
	return { kind: 'answered', itemIndexes: listItems(invocation), outcome, call };
}

export function toFailure(invocation: Invocation, called: Called, failed: Failed): Answered {
	const { attempts } = called;
	const describe = () => describeCall(invocation, attempts, failed);
	return toAnswered(
		invocation,
		called,
		tryTo(describe, () => describeSurprise(invocation.target, attempts)),
	);
}

function describeCall(invocation: Invocation, attempts: number, failed: Failed): Failure {
	const { target } = invocation;
	const secrets = listSecrets(invocation);
	const failure = describeFailure(failed, { target, attempts, secrets });
	const hints = [
		failure.hint,
		warnOfSize(buildRequest(invocation)),
		adviseOnBatch(invocation, failed),
	];
	const hint = hints.filter((text) => text !== undefined && text !== '').join(' ');
	if (!isAboutData(failed) || attempts === 0) return { ...failure, hint };
	const requestData = shorten(redact(writeRequestData(invocation), secrets), SHOWN_DATA_LENGTH);
	return { ...failure, hint, requestData };
}

/** The function ran and failed, or its data was refused. */
function isAboutData({ meaning }: Failed): boolean {
	return meaning.category === 'function-error' || meaning.refusesData === true;
}

function adviseOnBatch(
	{ inBatch, entries, callback }: Invocation,
	failed: Failed,
): string | undefined {
	if (!inBatch || !isAboutData(failed)) return undefined;
	const count = entries.length;
	if (failed.meaning.tooLarge !== undefined && count > 1) {
		const half = Math.ceil(count / 2);
		return callback === undefined
			? `Set Batch Size to ${half} or less.`
			: `Let a Loop Over Items node hand over ${half} items at a time, or fewer.`;
	}
	return `Invoke is Once per Batch: the function got { items: [ … ] } with ${count} item${count === 1 ? '' : 's'}.`;
}

/** In characters. */
export const SHOWN_DATA_LENGTH = 1_000;

/** What nobody thought of: an error of this package, or of n8n, in the middle of a call. */
export const SURPRISE: Failed = toFailed({
	...UNKNOWN_OUTCOME,
	what: 'an unexpected error ended its call',
	hint: CHECK_FIRST_HINT,
});

/** Holds nothing of what led to it: whatever it is, it may be what can't be described. */
export function describeSurprise(target: Target, attempts: number): Failure {
	const failed: Failed =
		attempts > 0
			? SURPRISE
			: {
					...SURPRISE,
					meaning: {
						category: 'unknown-error',
						retryable: false,
						ran: 'no',
						what: 'an unexpected error came before its call',
						hint: 'Look at the item: something in it is not as it should be.',
					},
				};
	return describeFailure(failed, { target, attempts, secrets: [] });
}

function tryTo<T>(work: () => T, otherwise: () => T): T {
	try {
		return work();
	} catch {
		return otherwise();
	}
}
