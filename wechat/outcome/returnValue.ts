import { CODES } from '../codes/catalogue';
import {
	CHECK_FIRST_HINT,
	FUNCTION,
	LOG_HINT,
	UNKNOWN_OUTCOME,
	type Meaning,
} from '../codes/kinds';
import { chooseFunctionHint, findTellingText } from '../codes/texts';
import { isRecord } from '../answer/answer';
import { toFailed, type Failed } from '../answer/envelope';
import { takeThrown } from './thrown';
import { parseExactJson, parseJson, type LargeNumbers } from '../answer/exactJson';
import { parseLenientJson } from '../answer/lenientJson';
import { findComplaint, type ResultCheck } from './resultCheck';

/** How a result is read. */
export interface Reading {
	/** Tells a function's own report of a failure from a success. */
	check?: ResultCheck;
	/** `string` if not set. */
	largeNumbers?: LargeNumbers;
}

export interface Success {
	kind: 'success';
	errmsg: string;
	/** The function's return value: parsed resp_data, or its text where that is no JSON. */
	result: unknown;
	/** The result begins like JSON, yet is none: it stayed a text. */
	isDamaged?: true;
	/** When WeChat will run the function, as ISO text, where it was told to run it later. */
	scheduledFor?: string;
}

/** What a function returned, and what that comes to. */
export function readResult(respData: unknown, reading: Reading, errmsg = 'ok'): Success | Failed {
	const result = readReturnValue(respData, reading);
	const judged = judgeResult(result, errmsg, reading.check);
	const isDamaged =
		typeof respData === 'string' && result === respData && /^\s{0,99}[{[]/.test(respData);
	return isDamaged && judged.kind === 'success' ? { ...judged, isDamaged } : judged;
}

/** resp_data is JSON inside JSON; Tencent's own SDK falls back to the text where it isn't. */
export function readReturnValue(respData: unknown, reading: Reading): unknown {
	if (typeof respData !== 'string') return respData ?? null;
	const parsed = parseLenientJson(respData, chooseParser(reading));
	return parsed === undefined ? respData : parsed;
}

export function chooseParser({ largeNumbers }: Reading): typeof parseJson {
	return largeNumbers === 'number' ? parseJson : parseExactJson;
}

/** Whether one return value is a success. */
export function judgeResult(
	result: unknown,
	errmsg: string,
	check?: ResultCheck,
): Success | Failed {
	if (isRuntimeError(result)) return explainRuntimeError(result, errmsg);
	return checkResult(result, errmsg, check);
}

/**
 * The same for what the function itself has written: an entry of a batch's result, or a call that it made. It may use the
 * runtime's shape, but it has run, whatever it says there.
 */
export function judgeOwnWords(
	result: unknown,
	errmsg: string,
	check?: ResultCheck,
): Success | Failed {
	if (!isRuntimeError(result)) return checkResult(result, errmsg, check);
	const what = describeThrown(result);
	const hint = chooseFunctionHint(`${what} ${result.errorMessage.slice(0, 2000)}`);
	return { ...toFailed({ ...FUNCTION, what, hint }, 0, errmsg), result };
}

function checkResult(result: unknown, errmsg: string, check?: ResultCheck): Success | Failed {
	const complaint = check && findComplaint(result, check);
	if (complaint !== undefined) {
		return { ...toFailed({ ...REFUSED, what: complaint }, 0, errmsg), result, isRefused: true };
	}
	return { kind: 'success', errmsg, result };
}

const REFUSED = {
	...FUNCTION,
	hint: 'The result is in error.result. What counts as a success is set in the option Result Check.',
};

/** The shape in which a function's runtime reports an error. */
interface RuntimeError {
	errorCode?: unknown;
	errorMessage: string;
	statusCode?: unknown;
	stackTrace?: unknown;
	requestId?: unknown;
}

function isRuntimeError(result: unknown): result is RuntimeError & Record<string, unknown> {
	if (!isRecord(result) || typeof result.errorMessage !== 'string') return false;
	const { errorCode, statusCode, requestId } = result;
	if (errorCode === undefined) {
		return typeof requestId === 'string' && Number(statusCode) >= LOWEST_ERROR_STATUS;
	}
	return (
		(typeof errorCode === 'number' || typeof errorCode === 'string') && Number(errorCode) !== 0
	);
}

/** Status codes of Tencent's runtime: https://www.tencentcloud.com/document/product/583/35311 */
const LOWEST_ERROR_STATUS = 430;
const TIME_LIMIT = 433;
const MEMORY_LIMIT = 434;
/** Those after which the function may not have run at all. Its own words can't prove that it did not. */
const NOT_STARTED = new Set([432, 435, 436, 437, 438, 441, 442, 444, 445, 446, 447, 449, 450]);

function explainRuntimeError(
	result: RuntimeError & Record<string, unknown>,
	errmsg: string,
): Failed {
	const { errorMessage, statusCode, requestId } = result;
	if (isTimeout(result)) return toFailed(CODES[-504003], 0, errmsg);
	const words = describeThrown(result);
	const hint = chooseFunctionHint(`${words} ${errorMessage.slice(0, 2000)}`);
	if (typeof requestId === 'string' && NOT_STARTED.has(Number(statusCode))) {
		const what = `the function could not be run (${words})`;
		const ownHint = hint === LOG_HINT ? CHECK_FIRST_HINT : hint;
		return toFailed({ ...UNKNOWN_OUTCOME, what, hint: ownHint }, 0, errmsg);
	}
	const memory = statusCode === MEMORY_LIMIT ? findTellingText('MemoryLimitReached') : undefined;
	const meaning: Meaning = memory ?? { ...FUNCTION, what: words, hint };
	return { ...toFailed(meaning, 0, errmsg), result };
}

function isTimeout({ errorCode, errorMessage, statusCode }: RuntimeError): boolean {
	return (
		statusCode === TIME_LIMIT ||
		(Number(errorCode) === -1 && /^\s{0,9}invoking task timed out after/i.test(errorMessage))
	);
}

/** What was thrown, in one line: the runtime's own words say only that something was. */
function describeThrown({ errorMessage, stackTrace }: RuntimeError): string {
	const message = takeThrown(errorMessage);
	if (message !== '' && !/^user code exception caught/i.test(message)) return message;
	const stack = Array.isArray(stackTrace) ? stackTrace.slice(0, 20).join('\n') : stackTrace;
	const thrown = typeof stack === 'string' ? takeThrown(stack) : '';
	return thrown || message || 'the function reported an error';
}
