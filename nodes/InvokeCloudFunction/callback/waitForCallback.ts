import { DateTime } from 'luxon';
import type { INodeExecutionData } from 'n8n-workflow';
import { toFailed } from '../../../wechat/answer/envelope';
import { CHECK_FIRST_HINT, UNKNOWN_OUTCOME } from '../../../wechat/codes/kinds';
import { redact, shorten } from '../../../wechat/outcome/redact';
import { writeLocalTime, type NodeInput } from '../input/nodeInput';
import { dropOwnFailure } from '../input/requestData';
import type { RunRules } from '../input/rules';
import { writeFailure } from '../output/writeItems';
import { SHOWN_DATA_LENGTH, toFailure } from '../run/answered';
import { listSecrets, type Answered, type Invocation } from '../run/job';
import { keepWaiting, type Waiting } from './waiting';

/** A call that WeChat will make, and what it is made for. */
export interface Scheduled {
	invocation: Invocation;
	attempts: number;
	limitSeconds: number;
}

/** What the workflow is to wait for; undefined where nothing was scheduled. */
export function findScheduled(answered: Answered[]): Scheduled | undefined {
	for (const { outcome, call } of answered) {
		if (outcome.kind !== 'success' || call?.waitsFor?.callback === undefined) continue;
		const { limitSeconds } = call.waitsFor.callback;
		return { invocation: call.waitsFor, attempts: call.attempts, limitSeconds };
	}
	return undefined;
}

/**
 * Lets the execution wait. Nothing may throw after it.
 * @returns what the editor shows meanwhile
 */
export async function waitForCallback(
	input: NodeInput,
	scheduled: Scheduled,
	runRules: RunRules,
): Promise<INodeExecutionData[][]> {
	const { context, items } = input;
	const { invocation, limitSeconds } = scheduled;
	const until = DateTime.now().plus({ seconds: limitSeconds });
	keepWaiting(context, describeWaiting(input, scheduled, runRules));
	putLateFailures(input, scheduled);
	const shown = {
		message: `Waiting for "${invocation.target.functionName}" to call back with its result`,
		until: writeLocalTime(context, until),
	};
	await context.putExecutionToWait(until.toJSDate());
	return [[{ json: shown, pairedItem: items.map((_, item) => ({ item })) }]];
}

function describeWaiting(
	{ items, runIndex }: NodeInput,
	{ invocation, attempts }: Scheduled,
	{ includeInputFields, callback }: RunRules,
): Waiting {
	const { target, rules, inBatch, entries } = invocation;
	const secrets = listSecrets(invocation);
	return {
		round: runIndex,
		...{ target, rules, inBatch, attempts },
		callbackField: callback?.field ?? '',
		entries: entries.map(({ itemIndex, json }) => ({
			json: shorten(redact(json, secrets), SHOWN_DATA_LENGTH),
			...(includeInputFields && { fields: dropOwnFailure(items[itemIndex].json) }),
		})),
	};
}

/**
 * When the time is over, n8n sends out the node's input, whatever it is by then. It has copied the items for the node,
 * so that the node before keeps its own, from which n8n puts the input fields beside each `error`.
 */
function putLateFailures({ context, items }: NodeInput, scheduled: Scheduled): void {
	const { invocation, attempts, limitSeconds } = scheduled;
	const late = toFailed({
		...UNKNOWN_OUTCOME,
		what: `it did not call back within ${describeDuration(limitSeconds)}`,
		hint: `${CHECK_FIRST_HINT} Its log in the CloudBase console tells whether it ran to its end, and what n8n answered to its call.`,
	});
	const { outcome } = toFailure(invocation, { outcome: late, attempts }, late);
	if (outcome.kind === 'success') return;
	context.getExecuteData().data.main[0] = items.map((item, i) => ({
		...item,
		json: writeFailure(outcome, i).json,
	}));
}

function describeDuration(seconds: number): string {
	if (seconds % 60 !== 0) return `${seconds} seconds`;
	const minutes = seconds / 60;
	return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
