import { createHash } from 'crypto';
import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../../wechat/answer';
import { parseJson } from '../../wechat/exactJson';
import { describeProblem, type Failure } from '../../wechat/failure';
import {
	LONGEST_DELAY_SECONDS,
	SHORTEST_DELAY_SECONDS,
	type RequestData,
} from '../../wechat/request';
import { findTargetProblem, type Problem, type Target } from '../../wechat/target';
import { readRules, type Rules } from './options';

/** What one input item asks for. */
export interface Wish {
	target: Target;
	requestData: RequestData;
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
		const delaySeconds = readDelay(context, itemIndex);
		return { target, requestData: { ...requestData, ...id }, rules, delaySeconds };
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

function readRequestData(context: IExecuteFunctions, itemIndex: number): RequestData {
	if (context.getNodeParameter('requestData', itemIndex) === 'allFields') {
		return context.getInputData()[itemIndex].json;
	}
	const json: unknown = context.getNodeParameter('requestJson', itemIndex);
	const value = typeof json === 'string' ? parseJson(json) : json;
	if (isRecord(value)) return value;
	if (value === undefined) {
		throw toError(context, {
			what: 'the request data is not valid JSON',
			hint: 'Check the quotes, commas and brackets of the JSON. Enter {} to send no fields.',
		});
	}
	const type = Array.isArray(value) ? 'an array' : value === null ? 'null' : `a ${typeof value}`;
	throw toError(context, {
		what: `the request data is ${type}, not a JSON object`,
		hint: 'Put it into an object, for example { "items": [ ] }.',
	});
}

function toError(context: IExecuteFunctions, { what, hint }: Problem): NodeOperationError {
	return new NodeOperationError(context.getNode(), what, { description: hint });
}
