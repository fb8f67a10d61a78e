import type { LargeNumbers } from '../../../wechat/answer/exactJson';
import { parseSuccessValues, type ResultCheck } from '../../../wechat/outcome/resultCheck';
import type { Problem } from '../../../wechat/invoke/target';
import { parsePaths } from '../../../wechat/storage/fileIds';
import { readCallback, type Callback } from '../callback/readCallback';
import {
	DEFAULT_BATCH_SIZE,
	DEFAULT_CONCURRENCY,
	DEFAULT_FILES_FIELD,
	DEFAULT_LIMIT_WAIT_SECONDS,
	DEFAULT_MAX_TRIES,
	DEFAULT_TIMEOUT_MS,
	MAX_CONCURRENCY,
	MAX_TRIES,
} from '../description/options';
import type { NodeInput } from './nodeInput';
import { readAmount, readCount, readSwitch, readText, requireText } from './optionValues';
import { toError, toProblem } from './problems';

/** The rules for one item's invocation. */
export interface Rules {
	timeoutMs: number;
	maxTries: number;
	/** The function may run twice with the same req_data without harm. */
	safeToRepeat: boolean;
	/** Where req_data carries the invocation's id; undefined for nowhere. */
	invocationIdField?: string;
	resultCheck?: ResultCheck;
	largeNumbers: LargeNumbers;
	/** A dot in the name of a field puts it into another one. */
	dotNotation: boolean;
	/** The result becomes the output, without WeChat's envelope. */
	simplify: boolean;
	/** How long the item may wait, in all, for limits; 0: a refusal counts as a try. */
	waitForLimitsMs: number;
	/** Where req_data carries the files that are sent; undefined where none are. */
	filesField?: string;
	/** Dot paths of the fields of the result that hold a file ID. */
	downloadFiles: readonly string[];
}

/** A day: a timer of Node.js that is set to more than 24.8 days ends at once. */
const LONGEST_TIMEOUT_MS = 86_400_000;

const LONGEST_LIMIT_WAIT_SECONDS = 86_400;

export function readRules(input: NodeInput, itemIndex: number): Rules {
	const { read } = input;
	const largeNumbers = read('options.largeNumbers', itemIndex, 'string');
	return {
		timeoutMs: readCount(
			read('options.timeout', itemIndex, DEFAULT_TIMEOUT_MS),
			DEFAULT_TIMEOUT_MS,
			LONGEST_TIMEOUT_MS,
		),
		maxTries: readCount(
			read('options.maxTries', itemIndex, DEFAULT_MAX_TRIES),
			DEFAULT_MAX_TRIES,
			MAX_TRIES,
		),
		safeToRepeat: readSwitch(read('options.safeToRepeat', itemIndex, false), false),
		invocationIdField: readText(input, itemIndex, 'options.invocationIdField'),
		resultCheck: readResultCheck(input, itemIndex),
		largeNumbers: largeNumbers === 'number' ? 'number' : 'string',
		dotNotation: readSwitch(read('options.dotNotation', itemIndex, true), true),
		simplify: readSwitch(read('simplify', itemIndex, true), true),
		waitForLimitsMs:
			1000 * readLimitWait(read('options.waitForLimits', itemIndex, DEFAULT_LIMIT_WAIT_SECONDS)),
		filesField: readSwitch(read('options.sendFiles', itemIndex, false), false)
			? (readText(input, itemIndex, 'options.filesField') ?? DEFAULT_FILES_FIELD)
			: undefined,
		downloadFiles: parsePaths(readText(input, itemIndex, 'options.downloadFiles') ?? ''),
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
	/** How many items go into one call at most; undefined where each has a call of its own. */
	batchSize?: number;
	/** How many calls may be under way at the same time. */
	concurrency: number;
	/** How many calls may start in a second; 0 for no limit. */
	requestsPerSecond: number;
	/** The credential has expressions on the input item. */
	credentialPerItem: boolean;
	/** The input fields go into the output. */
	includeInputFields: boolean;
	/** The workflow waits until the function calls back. */
	callback?: Callback;
	/**
	 * A parameter of the run that can't be read. It fails every item: what leaves `execute` as an exception makes
	 * n8n send all items out as successes where the node is to continue on errors.
	 */
	problem?: Problem;
}

/** Never throws. */
export function readRunRules(input: NodeInput): RunRules {
	const { context, node, isTool, read } = input;
	let problem: Problem | undefined;
	const tryTo = <T>(work: () => T, otherwise: T): T => {
		try {
			return work();
		} catch (error) {
			problem ??= toProblem(error);
			return otherwise;
		}
	};
	const readSafely = (name: string, otherwise: unknown) =>
		tryTo(() => read(name, 0, otherwise), otherwise);
	const waits = readSafely('invocationType', 'wait') === 'callback';
	const byCategory = !isTool && !waits && readSafely('errorBranches', 'single') === 'byCategory';
	const inBatches = readSafely('invoke', 'oncePerItem') === 'oncePerBatch';
	const rules: RunRules = {
		byCategory,
		stopsAtFailure: isTool
			? node.onError === 'stopWorkflow'
			: !byCategory && !context.continueOnFail(),
		batchSize: inBatches
			? readCount(
					// What the workflow waits for is one call, so all items are one batch.
					waits ? Number.MAX_SAFE_INTEGER : readSafely('batchSize', DEFAULT_BATCH_SIZE),
					DEFAULT_BATCH_SIZE,
					Number.MAX_SAFE_INTEGER,
				)
			: undefined,
		callback: waits ? tryTo(() => readCallback(input, inBatches), undefined) : undefined,
		concurrency: readCount(
			readSafely('options.concurrency', DEFAULT_CONCURRENCY),
			DEFAULT_CONCURRENCY,
			MAX_CONCURRENCY,
		),
		requestsPerSecond: readAmount(readSafely('options.requestsPerSecond', 0)) ?? 0,
		credentialPerItem: readSwitch(readSafely('options.credentialPerItem', false), false),
		includeInputFields:
			readSafely('output', 'result') === 'inputFieldsAndResult' ||
			readSwitch(readSafely('options.includeInputFields', false), false),
	};
	return { ...rules, problem };
}

function readResultCheck(input: NodeInput, itemIndex: number): ResultCheck | undefined {
	const given = input.read('options.resultCheck', itemIndex, null);
	if (given === null) return undefined;
	const { check } = (given ?? {}) as { check?: Record<string, unknown> };
	if (typeof check !== 'object' || check === null) {
		throw toError(input.node, {
			what: 'the option Result Check has no check',
			hint: 'Add a check to the option Result Check, or remove the option.',
		});
	}
	return {
		field: requireText(input, check.field, 'Field of the option Result Check'),
		successValues: parseSuccessValues(
			requireText(input, check.successValues ?? '0', 'Success Values of the option Result Check'),
		),
	};
}

/** In seconds; more than a day is a day. */
function readLimitWait(value: unknown): number {
	return Math.min(readAmount(value) ?? DEFAULT_LIMIT_WAIT_SECONDS, LONGEST_LIMIT_WAIT_SECONDS);
}
