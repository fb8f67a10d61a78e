import { isRecord } from './answer';
import type { Category, Meaning } from './codes';
import { findRefusedIp } from './meaning';
import type { Failed } from './outcome';
import { redact } from './redact';
import type { Problem, Target } from '../invoke/target';

/** What a workflow gets to know about a failed invocation. Field names are stored in users' workflows. */
export interface Failure {
	/** The tag that tells it from a success; not part of what leaves the node. */
	kind: 'failure';
	/** One plain sentence: what happened, and for which function. */
	message: string;
	/** null when WeChat gave none. */
	errcode: number | null;
	/** WeChat's own text, secrets removed. */
	errmsg: string;
	category: Category;
	/** The same call can succeed later with nothing changed. */
	retryable: boolean;
	/** The function may have run. */
	mayHaveRun: boolean;
	/** How often the function was called. */
	attempts: number;
	/** What to do now. */
	hint: string;
	/** WeChat's request id. */
	rid?: string;
	environment: string;
	function: string;
	/** The function's return value, where the function itself reported the error. */
	result?: unknown;
}

export interface Circumstances {
	target: Target;
	attempts: number;
	/** Texts that must not appear in the failure. */
	secrets: readonly string[];
}

export function describeFailure(failed: Failed, circumstances: Circumstances): Failure {
	const { target, attempts, secrets } = circumstances;
	const { meaning, errcode, result } = failed;
	const cleaned = redact(failed.errmsg, secrets);
	const errmsg = errcode === null ? shorten(cleaned) : cleaned;
	const rid = /\brid: ?([0-9a-f-]+)/i.exec(errmsg)?.[1];
	return {
		kind: 'failure',
		message: composeMessage({ ...failed, errmsg }, target),
		errcode,
		errmsg,
		category: meaning.category,
		retryable: meaning.retryable,
		mayHaveRun: meaning.ran !== 'no',
		attempts,
		hint: meaning.hint,
		...(rid !== undefined && { rid }),
		environment: target.environment,
		function: target.functionName,
		...(result !== undefined && { result }),
	};
}

/** A failure that was found before anything was sent. */
export function describeProblem({ what, hint }: Problem, target: Target): Failure {
	const meaning: Meaning = {
		category: 'configuration-invalid',
		retryable: false,
		ran: 'no',
		what,
		hint,
	};
	return describeFailure(
		{ kind: 'failed', meaning, errcode: null, errmsg: '' },
		{ target, attempts: 0, secrets: [] },
	);
}

/** A JavaScript error as it stands in an errmsg, for example "errMsg: TypeError: x is not a function". */
const THROWN_ERROR = /\b[A-Za-z]*Error: (.+)/;

function composeMessage(failed: Failed, { functionName }: Target): string {
	const subject = functionName === '' ? 'The function' : `"${functionName}"`;
	const reason = endSentence(composeReason(failed));
	if (failed.isRepeated) return `${subject} was not called, as an earlier item showed: ${reason}`;
	switch (failed.meaning.ran) {
		case 'no':
			return `${subject} was not run: ${reason}`;
		case 'maybe':
			return `${subject} may have run: ${reason}`;
		case 'yes':
			return `${subject} ran and failed: ${reason}`;
	}
}

/** What happened, with WeChat's or the function's own words where they say more than the code. */
export function composeReason({ meaning, errcode, errmsg, result }: Failed): string {
	if (isRecord(result) && typeof result.errorMessage === 'string') return result.errorMessage;
	const ip = findRefusedIp(errmsg);
	if (ip !== undefined) return `${meaning.what} (${ip})`;
	const thrown = meaning.category === 'function-error' && THROWN_ERROR.exec(errmsg)?.[1];
	if (thrown) return thrown;
	const words = stripAdditions(errmsg);
	const saysMore = errcode === null || meaning.category === 'unknown-error';
	return saysMore && words !== '' ? `${meaning.what} (${words})` : meaning.what;
}

/** The reason as a sentence of its own; n8n's name keeps its small letter. */
export function composeSentence(failed: Failed): string {
	return `${composeReason(failed).replace(/^(?!n8n)./, (letter) => letter.toUpperCase())}.`;
}

/** Leaves the first line of an errmsg, without WeChat's " rid: …" and " hint: […]". */
function stripAdditions(errmsg: string): string {
	return errmsg
		.replace(/\s*\b(rid|hint): ?(\[[^\]]*\]|[0-9a-f-]+)/gi, '')
		.split('\n', 1)[0]
		.trim();
}

const SHOWN_TEXT_LENGTH = 200;

/** For a text that is not WeChat's. */
function shorten(text: string): string {
	return text.length > SHOWN_TEXT_LENGTH ? `${text.slice(0, SHOWN_TEXT_LENGTH)}…` : text;
}

function endSentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
