import { isRecord, type Answer } from './answer';
import { FUNCTION, type Meaning } from './codes';
import { readEnvelope, toFailed, type Failed } from './envelope';
import { parseExactJson, parseJson, type LargeNumbers } from './exactJson';
import { parseLenientJson } from './lenientJson';
import { findMeaning } from './meaning';
import { findComplaint, type ResultCheck } from './resultCheck';

export type { Failed } from './envelope';

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

/** How a result is read. */
export interface Reading {
	/** Tells a function's own report of a failure from a success. */
	check?: ResultCheck;
	/** `string` if not set. */
	largeNumbers?: LargeNumbers;
}

const CHECK_HINT =
	'The result is in error.result. What counts as a success is set in the option Result Check.';

const REPORTED_BY_FUNCTION: Meaning = {
	...FUNCTION,
	what: 'the function reported an error',
	hint: 'Read the error text and the log of the function in the CloudBase console.',
};

/** Turns an answer of `/tcb/invokecloudfunction` into an outcome. */
export function readOutcome(answer: Answer, { check, largeNumbers }: Reading = {}): Outcome {
	const envelope = readEnvelope(answer, 'resp_data');
	if (envelope.kind === 'failed') return envelope;
	const { errcode, errmsg, fields, text } = envelope;
	if (errcode !== 0) return toFailed(findMeaning(errcode, errmsg), errcode, errmsg, answer);
	const parse = largeNumbers === 'number' ? parseJson : parseExactJson;
	const result = parseResult(fields.resp_data, text, parse);
	if (isFunctionError(result)) {
		return { ...toFailed(REPORTED_BY_FUNCTION, errcode, errmsg), result };
	}
	const complaint = check && findComplaint(result, check);
	if (complaint !== undefined) {
		const meaning = { ...REPORTED_BY_FUNCTION, what: complaint, hint: CHECK_HINT };
		return { ...toFailed(meaning, errcode, errmsg), result };
	}
	return { kind: 'success', errmsg, result };
}

/** resp_data is JSON inside JSON; Tencent's own SDK falls back to the text where it isn't. */
function parseResult(respData: unknown, text: string, parse: typeof parseJson): unknown {
	if (typeof respData !== 'string') {
		const envelope = parseLenientJson(text, parse);
		return (isRecord(envelope) ? envelope.resp_data : respData) ?? null;
	}
	const parsed = parseLenientJson(respData, parse);
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
