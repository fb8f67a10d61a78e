import { createHash } from 'crypto';
import type { IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import { describeProblem, type Failure } from '../../wechat/failure';
import {
	LONGEST_DELAY_SECONDS,
	SHORTEST_DELAY_SECONDS,
	type RequestData,
} from '../../wechat/request';
import { findTargetProblem, type Target } from '../../wechat/target';
import { toError } from './itemError';
import { readRules, type Rules } from './options';
import { readRequestData } from './requestData';

/** What one input item asks for. */
export interface Wish {
	target: Target;
	event: RequestData;
	/** The event as it is sent. */
	json: string;
	rules: Rules;
	/** Set where WeChat is to run the function later. */
	delaySeconds?: number;
}

/** Reads the parameters for one item, or tells why they make no invocation. */
export function readItem(context: IExecuteFunctions, itemIndex: number): Wish | Failure {
	const target: Target = { environment: '', functionName: '' };
	try {
		target.environment = readText(context, 'environment', itemIndex);
		target.functionName = readText(context, 'functionName', itemIndex);
		const problem = findTargetProblem(target);
		if (problem !== undefined) throw toError(context, problem);
		const rules = readRules(context, itemIndex);
		const requestData = readRequestData(context, itemIndex);
		const { invocationIdField } = rules;
		const id = invocationIdField !== '' && {
			[invocationIdField]: makeInvocationId(context, itemIndex),
		};
		const event = { ...requestData, ...id };
		const delaySeconds = readDelay(context, itemIndex);
		return { target, event, json: JSON.stringify(event), rules, delaySeconds };
	} catch (error) {
		// An expression that fails is n8n's error, with the same two fields as ours.
		const { message, description } = error as NodeOperationError;
		return describeProblem({ what: message, hint: description ?? '' }, target);
	}
}

function readDelay(context: IExecuteFunctions, itemIndex: number): number | undefined {
	if (context.getNodeParameter('invocationType', itemIndex, 'wait') !== 'later') return undefined;
	const delay = Number(context.getNodeParameter('delaySeconds', itemIndex));
	const isAllowed = delay >= SHORTEST_DELAY_SECONDS && delay <= LONGEST_DELAY_SECONDS;
	if (isAllowed && Number.isInteger(delay)) return delay;
	throw toError(context, {
		what: `the delay of ${delay} seconds is not one WeChat allows`,
		hint: `Enter a whole number of seconds from ${SHORTEST_DELAY_SECONDS} to ${LONGEST_DELAY_SECONDS} (30 days).`,
	});
}

/**
 * The same for the same item of the same execution, over all retries: the node's own, n8n's Retry On Fail,
 * and n8n's recovery after a worker was lost.
 */
function makeInvocationId(context: IExecuteFunctions, itemIndex: number): string {
	const { $runIndex } = context.getWorkflowDataProxy(itemIndex);
	const parts = [context.getExecutionId(), context.getNode().id, $runIndex, itemIndex];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function readText(context: IExecuteFunctions, name: string, itemIndex: number): string {
	const value: unknown = context.getNodeParameter(name, itemIndex, '', { extractValue: true });
	return String(value ?? '').trim();
}
