import type { LargeNumbers } from '../../../wechat/answer/exactJson';
import { parseSuccessValues, type ResultCheck } from '../../../wechat/outcome/resultCheck';
import type { NodeInput } from './nodeInput';
import {
	DEFAULT_CONCURRENCY,
	DEFAULT_MAX_TRIES,
	DEFAULT_TIMEOUT_MS,
	MAX_CONCURRENCY,
	MAX_TRIES,
} from '../description/options';

/** The rules for one item's invocation. */
export interface Rules {
	timeoutMs: number;
	maxTries: number;
	/** The function may run twice with the same req_data without harm. */
	safeToRepeat: boolean;
	/** Where req_data carries the invocation's id; '' for nowhere. */
	invocationIdField: string;
	resultCheck?: ResultCheck;
	largeNumbers: LargeNumbers;
}

export function readRules({ read }: NodeInput, itemIndex: number): Rules {
	const largeNumbers = read('options.largeNumbers', itemIndex, 'string');
	return {
		timeoutMs: Number(read('options.timeout', itemIndex, 0)) || DEFAULT_TIMEOUT_MS,
		maxTries: limit(read('options.maxTries', itemIndex, 0), DEFAULT_MAX_TRIES, MAX_TRIES),
		safeToRepeat: read('options.safeToRepeat', itemIndex, false) === true,
		invocationIdField: String(read('options.invocationIdField', itemIndex, '') ?? '').trim(),
		resultCheck: readResultCheck(read('options.resultCheck.check', itemIndex, {})),
		largeNumbers: largeNumbers === 'number' ? 'number' : 'string',
	};
}

/** The rules for all items of a run. */
export interface RunRules {
	/** Failures leave through outputs of their own. An agent reads none but the first. */
	byCategory: boolean;
	/**
	 * The first failure ends the run. An agent is to read failures and act on them; of an error that is
	 * thrown it gets the message at most, and n8n up to 1.123 ends the agent's run.
	 */
	stopsAtFailure: boolean;
	/** How many calls may be under way at the same time. */
	concurrency: number;
	/** How many calls may start in a second; 0 for no limit. */
	requestsPerSecond: number;
	/** The credential has expressions on the input item. */
	credentialPerItem: boolean;
	/** The input fields go into the output. */
	includeInputFields: boolean;
}

export function readRunRules({ context, node, isTool, read }: NodeInput): RunRules {
	const byCategory = !isTool && read('errorBranches', 0, 'single') === 'byCategory';
	return {
		byCategory,
		stopsAtFailure: isTool
			? node.onError === 'stopWorkflow'
			: !byCategory && !context.continueOnFail(),
		concurrency: limit(read('options.concurrency', 0, 0), DEFAULT_CONCURRENCY, MAX_CONCURRENCY),
		requestsPerSecond: Math.max(Number(read('options.requestsPerSecond', 0, 0)) || 0, 0),
		credentialPerItem: read('options.credentialPerItem', 0, false) === true,
		includeInputFields: read('options.includeInputFields', 0, false) === true,
	};
}

function readResultCheck(given: unknown): ResultCheck | undefined {
	const { field, successValues } = (given ?? {}) as { field?: unknown; successValues?: unknown };
	const path = String(field ?? '').trim();
	if (path === '') return undefined;
	return { field: path, successValues: parseSuccessValues(String(successValues ?? '')) };
}

/** A whole number between 1 and `max`, whatever was typed in. */
function limit(value: unknown, otherwise: number, max: number): number {
	return Math.min(Math.max(Math.trunc(Number(value)) || otherwise, 1), max);
}
