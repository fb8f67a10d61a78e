import { isRecord, type Answer, type NoAnswerReason } from './answer';
import { CHECK_FIRST_HINT, type Meaning } from './codes';
import { parseExactJson, parseJson, type LargeNumbers } from './exactJson';
import { findMeaning } from './meaning';
import { findComplaint, type ResultCheck } from './resultCheck';

/** What one invocation came to. Decided here and nowhere else. */
export type Outcome = Success | Failed;

export interface Success {
	kind: 'success';
	errmsg: string;
	/** The function's return value: parsed resp_data, or its text where that is no JSON. */
	result: unknown;
	/** When WeChat will run the function, as ISO text, where it was told to run it later. */
	scheduledFor?: string;
}

export interface Failed {
	kind: 'failed';
	meaning: Meaning;
	/** null when WeChat gave none. */
	errcode: number | null;
	errmsg: string;
	/** The function's return value, where the function itself reported the error. */
	result?: unknown;
	/** How long the server asked to wait before the next try. */
	retryAfterMs?: number;
	/** Not called at all: an earlier call had this answer. */
	isRepeated?: boolean;
}

/** How a result is read. */
export interface Reading {
	/** Tells a function's own report of a failure from a success. */
	check?: ResultCheck;
	/** `string` if not set. */
	largeNumbers?: LargeNumbers;
}

/** More than is shown: a secret must not be cut in two before it is looked for. */
const KEPT_TEXT_LENGTH = 5000;

const NO_ANSWER: Readonly<Record<NoAnswerReason, Meaning>> = {
	unreachable: {
		category: 'temporarily-unavailable',
		retryable: true,
		ran: 'no',
		what: 'WeChat could not be reached',
		hint: 'Check the network of n8n and the API host in the credential, then run the item again.',
	},
	timeout: {
		category: 'outcome-unknown',
		retryable: true,
		ran: 'maybe',
		what: 'no answer came within the time limit of this node',
		hint: CHECK_FIRST_HINT,
	},
	broken: {
		category: 'outcome-unknown',
		retryable: true,
		ran: 'maybe',
		what: 'the connection broke before an answer came',
		hint: CHECK_FIRST_HINT,
	},
	stopped: {
		category: 'outcome-unknown',
		retryable: true,
		ran: 'maybe',
		what: 'the execution was stopped before an answer came',
		hint: CHECK_FIRST_HINT,
	},
};

const UNREADABLE: Meaning = {
	category: 'outcome-unknown',
	retryable: true,
	ran: 'maybe',
	what: "the answer is not one of WeChat's",
	hint: `Check the API host in the credential and any proxy in between. ${CHECK_FIRST_HINT}`,
};

const CHECK_HINT =
	'The result is in error.result. What counts as a success is set in the option Result Check.';

const REPORTED_BY_FUNCTION: Meaning = {
	category: 'function-error',
	retryable: false,
	ran: 'yes',
	what: 'the function reported an error',
	hint: 'Read the error text and the log of the function in the CloudBase console.',
};

/** Turns an answer of `/tcb/invokecloudfunction` into an outcome. The HTTP status decides nothing. */
export function readOutcome(answer: Answer, reading: Reading = {}): Outcome {
	if (answer.kind === 'none') {
		return { kind: 'failed', meaning: NO_ANSWER[answer.reason], errcode: null, errmsg: '' };
	}
	const outcome = readText(answer, reading);
	const { retryAfterMs } = answer;
	return outcome.kind === 'failed' && retryAfterMs !== undefined
		? { ...outcome, retryAfterMs }
		: outcome;
}

function readText(
	answer: { status: number; text: string },
	{ check, largeNumbers }: Reading,
): Outcome {
	const envelope = parseEnvelope(answer.text);
	if (envelope === undefined) {
		const errmsg = `HTTP ${answer.status}: ${toOneLine(answer.text)}`;
		return { kind: 'failed', meaning: UNREADABLE, errcode: null, errmsg };
	}
	const { errcode, errmsg } = envelope;
	if (errcode !== 0) {
		return { kind: 'failed', meaning: findMeaning(errcode, errmsg), errcode, errmsg };
	}
	const parse = largeNumbers === 'number' ? parseJson : parseExactJson;
	const result = parseResult(envelope.resp_data, answer.text, parse);
	if (isFunctionError(result)) {
		return { kind: 'failed', meaning: REPORTED_BY_FUNCTION, errcode, errmsg, result };
	}
	const complaint = check && findComplaint(result, check);
	if (complaint !== undefined) {
		const meaning = { ...REPORTED_BY_FUNCTION, what: complaint, hint: CHECK_HINT };
		return { kind: 'failed', meaning, errcode, errmsg, result };
	}
	return { kind: 'success', errmsg, result };
}

interface Envelope {
	errcode: number;
	errmsg: string;
	resp_data?: unknown;
}

/** WeChat's answer to any call, or undefined if the text is none. */
function parseEnvelope(text: string): Envelope | undefined {
	const parsed = parseJson(text);
	if (!isRecord(parsed) || typeof parsed.errcode !== 'number') return undefined;
	return { ...parsed, errcode: parsed.errcode, errmsg: String(parsed.errmsg ?? '') };
}

/** resp_data is JSON inside JSON; Tencent's own SDK falls back to the text where it isn't. */
function parseResult(respData: unknown, text: string, parse: typeof parseJson): unknown {
	if (typeof respData !== 'string') {
		const envelope = parse(text);
		return (isRecord(envelope) ? envelope.resp_data : respData) ?? null;
	}
	const parsed = parse(respData);
	return parsed === undefined ? respData : parsed;
}

/** The shape in which a function runtime reports an error that the function threw. */
function isFunctionError(result: unknown): boolean {
	return (
		isRecord(result) &&
		typeof result.errorMessage === 'string' &&
		(typeof result.errorCode === 'number' || typeof result.errorCode === 'string') &&
		Number(result.errorCode) !== 0
	);
}

function toOneLine(text: string): string {
	const oneLine = text.slice(0, KEPT_TEXT_LENGTH).replace(/\s+/g, ' ').trim();
	return oneLine === '' ? '(empty answer)' : oneLine;
}
