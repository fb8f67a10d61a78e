import { isRecord, type Answer, type NoAnswerReason } from './answer';
import { BUSY, CHECK_FIRST_HINT, CONFIGURATION, type Kind, type Meaning } from '../codes/kinds';
import { parseLenientJson } from './lenientJson';
import { findMeaning } from '../codes/catalogue';
import { explainSilence, NETWORK_HINT } from './silence';
import { explainStranger, quoteStranger } from './stranger';

/** What WeChat answers to any request, well or badly. */
export interface Envelope {
	kind: 'envelope';
	/** 0 if all went well. */
	errcode: number;
	errmsg: string;
	/** All of it, with what was asked for. */
	fields: Record<string, unknown>;
	/** All of it, as it came. */
	text: string;
}

/** Why something can't be had: found in an answer, or without one. Not yet in a workflow's words. */
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
	/** The function ran, but its result did not pass the Result Check. */
	isRefused?: true;
	/** Not called at all: an earlier call had this answer. */
	isRepeated?: boolean;
	/** It was the token that could not be had. */
	isOfToken?: true;
}

/** @param answer the one it was found in, if there is one: how long to wait goes with the failure */
export function toFailed(
	meaning: Meaning,
	errcode: number | null = null,
	errmsg = '',
	answer?: Answer,
): Failed {
	const retryAfterMs = answer?.kind === 'answer' ? answer.retryAfterMs : undefined;
	return {
		kind: 'failed',
		errcode,
		errmsg,
		meaning,
		...(retryAfterMs !== undefined && { retryAfterMs }),
	};
}

export function isFailed(outcome: { kind: string }): outcome is Failed {
	return outcome.kind === 'failed';
}

/** A limit of WeChat's kept it from being done at all. */
export function isRefusedForLimit(outcome: { kind: string }): outcome is Failed {
	return isFailed(outcome) && outcome.meaning.category === 'rate-limited' && !mayHaveRun(outcome);
}

/** Whether the function may have run, for all that this failure says. */
export function mayHaveRun({ meaning }: Failed): boolean {
	return meaning.ran !== 'no';
}

/**
 * Reads any answer of WeChat's, leniently. The HTTP status decides only where there is no envelope.
 * @param wanted the field that was asked for: an answer that holds it needs no errcode
 * @returns Failed where WeChat has given no answer, with the meaning it has for a call of a function
 */
export function readEnvelope(answer: Answer, wanted?: string): Envelope | Failed {
	if (answer.kind === 'none') return toFailed(explainSilence(answer));
	const { status, text } = answer;
	const fields = parseLenientJson(text);
	const errcode = isRecord(fields) ? readErrcode(fields, wanted) : undefined;
	if (isRecord(fields) && errcode !== undefined) {
		return { kind: 'envelope', errcode, errmsg: readErrmsg(fields.errmsg), fields, text };
	}
	const meaning = explainStranger(status, text, fields);
	return toFailed(meaning, null, quoteStranger(status, text), answer);
}

/** A request that runs no function: for a token, a list, a grant. */
export interface Asking {
	/** What it is for, as the end of "the request for". */
	purpose: string;
	/** The field that was asked for: an answer that holds it needs no errcode. */
	wanted?: string;
	/** Where a code means something else than for a call of a function. */
	codes?: Readonly<Record<number, Meaning>>;
	/** What to do where it may go well the next time. */
	againHint?: string;
}

/** Reads the answer to such a request: its fields, or a failure after which no function has run. */
export function readReply(answer: Answer, asking: Asking): Envelope | Failed {
	const { purpose, wanted, againHint } = asking;
	if (answer.kind === 'none') {
		if (answer.obstacle !== undefined) return toFailed(explainSilence(answer));
		const what = NO_REPLY[answer.reason](purpose);
		return toFailed({ ...BUSY, what, hint: `${NETWORK_HINT} ${againHint ?? AGAIN_HINT}` });
	}
	const envelope = readEnvelope(answer, wanted);
	if (envelope.kind === 'failed') {
		const { meaning } = envelope;
		const isPassing = meaning.ran === 'no' || answer.status >= 500;
		const own = isPassing ? meaning : { ...meaning, ...CONFIGURATION };
		// Nothing is known of how a server between n8n and WeChat counts.
		const kind = own.category === 'rate-limited' ? BUSY : own;
		return { ...envelope, meaning: toHarmless({ ...own, ...kind }, againHint) };
	}
	const { errcode, errmsg } = envelope;
	if (errcode === 0) return envelope;
	return toFailed(explainCode(errcode, errmsg, asking), errcode, errmsg, answer);
}

/** What a code means for such a request. */
export function explainCode(
	errcode: number,
	errmsg: string,
	asking: Partial<Asking> = {},
): Meaning {
	return asking.codes?.[errcode] ?? toHarmless(findMeaning(errcode, errmsg), asking.againHint);
}

const AGAIN_HINT = 'Then run the item again.';
const LOOK_UP_HINT = 'Look up the code on the WeChat developer site.';

/** Whatever an answer means for a call of a function, this request has run none. */
export function toHarmless(meaning: Meaning, againHint?: string): Meaning {
	const kind: Kind = meaning.category === 'outcome-unknown' ? BUSY : { ...meaning, ran: 'no' };
	const rest = meaning.hint.replace(CHECK_FIRST_HINT, '').trim();
	const passesSoon = kind.retryable && kind.category !== 'quota-exhausted';
	const hint = (passesSoon && againHint) || rest || LOOK_UP_HINT;
	return { ...meaning, ...kind, hint };
}

/** The errcode as a number, where there is one or none is needed. */
export function readErrcode(fields: Record<string, unknown>, wanted?: string): number | undefined {
	const { errcode } = fields;
	if (typeof errcode === 'number') return errcode;
	if (typeof errcode === 'string' && DIGITS.test(errcode.trim())) return Number(errcode);
	const isMissing = errcode === undefined || errcode === null || errcode === '';
	return isMissing && wanted !== undefined && fields[wanted] !== undefined ? 0 : undefined;
}

const DIGITS = /^[-+]?\d{1,15}$/;

function readErrmsg(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const couldNotBeReached = (purpose: string) => `WeChat could not be reached for ${purpose}`;

const NO_REPLY: Readonly<Record<NoAnswerReason, (purpose: string) => string>> = {
	unreachable: couldNotBeReached,
	broken: couldNotBeReached,
	timeout: (purpose) => `WeChat did not answer the request for ${purpose} in time`,
	stopped: (purpose) => `the execution was stopped before WeChat answered for ${purpose}`,
};
