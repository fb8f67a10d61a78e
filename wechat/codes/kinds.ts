/** What a workflow can tell failures apart by. Stored in users' workflows. */
export type Category =
	| 'rate-limited'
	| 'quota-exhausted'
	| 'temporarily-unavailable'
	| 'credential-invalid'
	| 'configuration-invalid'
	| 'function-error'
	| 'outcome-unknown'
	| 'unknown-error';

/** What is known about whether the function ran. */
export type Ran = 'no' | 'maybe' | 'yes';

/** What an answer means, as far as something is decided by it. */
export interface Kind {
	category: Category;
	/** The same call can succeed later with nothing changed. */
	retryable: boolean;
	/** `no` only where the answer proves it. */
	ran: Ran;
	/** Who else gets this answer: every call of the account, of this API by the account, or of the same function. */
	sharedBy?: 'account' | 'api' | 'target';
	/** What there is too much of: calls at the same moment, or calls in a second, a minute. */
	limit?: 'atOnce' | 'perTime';
	/** What is larger than may be. */
	tooLarge?: 'request' | 'result';
	/** It is the request data that was refused. */
	refusesData?: true;
	/** What is wrong is the environment, which is named then. */
	isAboutEnvironment?: true;
	/** One answer for several causes: the platform's own words tell which, and are shown. */
	isGeneral?: true;
}

export interface Meaning extends Kind {
	/** What happened, as the end of a sentence: no capital, no full stop. */
	what: string;
	/** What to do now, as whole sentences. */
	hint: string;
}

/*
 * Every Meaning is made by spreading one of these.
 */

/** The account, its token or its address is refused at WeChat's door. */
export const CREDENTIAL: Kind = {
	category: 'credential-invalid',
	retryable: false,
	ran: 'no',
	sharedBy: 'account',
};
export const CONFIGURATION: Kind = {
	category: 'configuration-invalid',
	retryable: false,
	ran: 'no',
};
export const NO_SUCH_TARGET: Kind = { ...CONFIGURATION, sharedBy: 'target' };
export const BAD_DATA: Kind = { ...CONFIGURATION, refusesData: true };
export const TOO_LARGE: Kind = { ...BAD_DATA, tooLarge: 'request' };
export const BUSY: Kind = { category: 'temporarily-unavailable', retryable: true, ran: 'no' };
/** Too many calls in a second or a minute. */
export const RATE: Kind = {
	category: 'rate-limited',
	retryable: true,
	ran: 'no',
	limit: 'perTime',
};
/** Too many calls at the same moment. */
export const CROWDED: Kind = { ...RATE, limit: 'atOnce' };
export const QUOTA: Kind = {
	category: 'quota-exhausted',
	retryable: true,
	ran: 'no',
	sharedBy: 'api',
};
export const UNKNOWN_OUTCOME: Kind = {
	category: 'outcome-unknown',
	retryable: true,
	ran: 'maybe',
};
/** The function ran, and it or what it called failed. */
export const FUNCTION: Kind = { category: 'function-error', retryable: false, ran: 'yes' };
/** Nobody has said what it means. */
export const UNKNOWN: Kind = { category: 'unknown-error', retryable: false, ran: 'maybe' };

/** For every call that may have run the function. */
export const CHECK_FIRST_HINT =
	'The function may have run. Check what it did before you run this item again.';
export const LOG_HINT =
	'If the text is about the data, correct the item. Else ask whoever wrote the function: its log is in the CloudBase console.';
export const PROXY_HINT =
	'Something between n8n and WeChat changed the request: check any proxy and the custom API host.';
