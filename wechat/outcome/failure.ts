import { findRefusedIp, FUNCTION_FAILED, LOOKED_AT_LENGTH } from '../codes/catalogue';
import { CONFIGURATION, type Category } from '../codes/kinds';
import type { Problem, Target } from '../invoke/target';
import { toFailed, type Failed } from '../answer/envelope';
import { redact, shorten } from './redact';
import { takeThrown } from './thrown';

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
	/** What was sent, shortened, where the function ran and failed or its data was refused. */
	requestData?: string;
}

export interface Circumstances {
	target: Target;
	attempts: number;
	/** Texts that must not appear in the failure. */
	secrets: readonly string[];
}

/** Function names and environment IDs are shorter; what is longer is no name. */
const SHOWN_NAME_LENGTH = 100;

export function describeFailure(failed: Failed, circumstances: Circumstances): Failure {
	const { target, attempts, secrets } = circumstances;
	const { meaning, errcode, result } = failed;
	const cleaned = redact(failed.errmsg, secrets);
	const errmsg = errcode === null ? shorten(cleaned) : cleaned;
	const rid = /\brid: ?([0-9a-f-]+)/i.exec(errmsg)?.[1];
	const functionName = shorten(target.functionName, SHOWN_NAME_LENGTH);
	return {
		kind: 'failure',
		message: redact(composeMessage({ ...failed, errmsg }, target), secrets),
		errcode,
		errmsg,
		category: meaning.category,
		retryable: meaning.retryable,
		mayHaveRun: meaning.ran !== 'no',
		attempts,
		hint: meaning.hint,
		...(rid !== undefined && { rid }),
		environment: shorten(target.environment, SHOWN_NAME_LENGTH),
		function: functionName,
		...(result !== undefined && { result }),
	};
}

/** A failure that was found before anything was sent. */
export function describeProblem({ what, hint }: Problem, target: Target): Failure {
	return describeFailure(toFailed({ ...CONFIGURATION, what, hint }), {
		target,
		attempts: 0,
		secrets: [],
	});
}

function composeMessage(failed: Failed, { environment, functionName }: Target): string {
	const subject =
		functionName === '' ? 'The function' : `"${shorten(functionName, SHOWN_NAME_LENGTH)}"`;
	const name =
		failed.meaning.isAboutEnvironment === true && environment !== ''
			? `: "${shorten(environment, SHOWN_NAME_LENGTH)}"`
			: '';
	const reason = endSentence(composeReason(failed) + name);
	if (failed.isRepeated) return `${subject} was not called, as an earlier item showed: ${reason}`;
	if (failed.isRefused) {
		return `${subject} ran, but its result did not pass the Result Check: ${reason}`;
	}
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
export function composeReason({ meaning, errcode, errmsg }: Failed): string {
	const said = errmsg.slice(0, LOOKED_AT_LENGTH);
	if (meaning.category === 'credential-invalid') {
		const ip = findRefusedIp(said);
		if (ip !== undefined) return `${meaning.what} (${ip})`;
	}
	if (meaning.category === 'function-error')
		return takeFunctionWords(errcode, said) || shorten(meaning.what);
	const words = errcode === null || meaning.isGeneral ? shorten(takeWords(said)) : '';
	return words === '' ? shorten(meaning.what) : `${meaning.what} (${words})`;
}

/** The reason as a sentence of its own; n8n's name keeps its small letter. */
export function composeSentence(failed: Failed): string {
	return endSentence(composeReason(failed).replace(/^(?!n8n)./, (letter) => letter.toUpperCase()));
}

/** A JavaScript error as it stands in an errmsg, for example "errMsg: TypeError: x is not a function". */
const THROWN_ERROR = /\b[A-Za-z]{0,60}Error: (.+)/;
const FUNCTION_SAID = 'errMsg:';

/** What the function said when it failed, or ''. */
function takeFunctionWords(errcode: number | null, said: string): string {
	const thrown = THROWN_ERROR.exec(said)?.[1];
	if (thrown !== undefined) return shorten(takeWords(thrown));
	const start = said.indexOf(FUNCTION_SAID);
	return errcode !== FUNCTION_FAILED || start === -1
		? ''
		: shorten(takeWords(takeThrown(said.slice(start + FUNCTION_SAID.length))));
}

/** Leaves the first line, without WeChat's " rid: …" and " hint: […]". */
function takeWords(said: string): string {
	return said
		.replace(/\b(?:rid|hint): ?(?:\[[^\]]*\]|[0-9a-f-]+)/gi, '')
		.trim()
		.split(/\n|\\n/, 1)[0]
		.trim();
}

function endSentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}
