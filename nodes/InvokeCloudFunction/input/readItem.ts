import { createHash } from 'crypto';
import type { NodeOperationError } from 'n8n-workflow';
import { describeProblem, type Failure } from '../../../wechat/outcome/failure';
import {
	LONGEST_DELAY_SECONDS,
	SHORTEST_DELAY_SECONDS,
	type RequestData,
} from '../../../wechat/invoke/request';
import { findTargetProblem, type Target } from '../../../wechat/invoke/target';
import { describeKind } from './fieldTypes';
import { toError } from './itemError';
import type { NodeInput } from './nodeInput';
import { readRules, type Rules } from './rules';
import { readRequestData } from './requestData';

/** What one input item asks for. */
export interface ItemRequest {
	kind: 'request';
	target: Target;
	event: RequestData;
	/** The event as it is sent. */
	json: string;
	rules: Rules;
	/** Set where WeChat is to run the function later. */
	delaySeconds?: number;
}

/** Reads the parameters for one item, or tells why they make no invocation. */
export function readItem(input: NodeInput, itemIndex: number): ItemRequest | Failure {
	const target: Target = { environment: '', functionName: '' };
	try {
		target.environment = readText(input, 'environment', 'environment ID', itemIndex);
		target.functionName = readText(input, 'functionName', 'function name', itemIndex);
		const problem = findTargetProblem(target);
		if (problem !== undefined) throw toError(input.node, problem);
		const rules = readRules(input, itemIndex);
		const event = addInvocationId(input, itemIndex, rules, readRequestData(input, itemIndex));
		const delaySeconds = readDelay(input, itemIndex);
		return { kind: 'request', target, event, json: JSON.stringify(event), rules, delaySeconds };
	} catch (error) {
		// An expression that fails is n8n's error, with the same two fields as ours.
		const { message, description } = error as NodeOperationError;
		return describeProblem({ what: message, hint: description ?? '' }, target);
	}
}

function readDelay({ node, read }: NodeInput, itemIndex: number): number | undefined {
	if (read('invocationType', itemIndex, 'wait') !== 'later') return undefined;
	const delay = Number(read('delaySeconds', itemIndex));
	const isAllowed = delay >= SHORTEST_DELAY_SECONDS && delay <= LONGEST_DELAY_SECONDS;
	if (isAllowed && Number.isInteger(delay)) return delay;
	throw toError(node, {
		what: `the delay of ${delay} seconds is not one WeChat allows`,
		hint: `Enter a whole number of seconds from ${SHORTEST_DELAY_SECONDS} to ${LONGEST_DELAY_SECONDS} (30 days).`,
	});
}

function addInvocationId(
	input: NodeInput,
	itemIndex: number,
	{ invocationIdField }: Rules,
	requestData: RequestData,
): RequestData {
	if (invocationIdField === '') return requestData;
	return { ...requestData, [invocationIdField]: makeInvocationId(input, itemIndex) };
}

/**
 * The same for the same item of the same execution, over all retries: the node's own, n8n's Retry On Fail,
 * and an execution that is handed to another worker (n8n 2 does not do that by itself).
 */
function makeInvocationId({ context, node, runIndex }: NodeInput, itemIndex: number): string {
	const parts = [context.getExecutionId(), node.id, runIndex, itemIndex];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function readText(
	{ node, read }: NodeInput,
	name: string,
	called: string,
	itemIndex: number,
): string {
	const value = read(name, itemIndex, '', { extractValue: true }) ?? '';
	if (typeof value !== 'object') return String(value).trim();
	throw toError(node, {
		what: `the ${called} is ${describeKind(value)}, not text`,
		hint: `Give the ${called} as text.`,
	});
}
