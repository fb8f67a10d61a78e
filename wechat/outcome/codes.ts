/**
 * What each errcode of `/tcb/invokecloudfunction` and of the token endpoints means, as data.
 * Sources: WeChat's page for invokeCloudFunction, WeChat's global return codes and CloudBase's error codes.
 */

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

export interface Meaning {
	category: Category;
	/** The same call can succeed later with nothing changed. */
	retryable: boolean;
	ran: Ran;
	/** Who else gets this answer: every call of the account, or every call of the same function. */
	sharedBy?: 'account' | 'target';
	/** What happened, as the end of a sentence: no capital, no full stop. */
	what: string;
	/** What to do now, as whole sentences. */
	hint: string;
}

/** What a Meaning is made of, beside its words. Every Meaning spreads one of the kinds below. */
export type Kind = Pick<Meaning, 'category' | 'retryable' | 'ran' | 'sharedBy'>;

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
export const BUSY: Kind = { category: 'temporarily-unavailable', retryable: true, ran: 'no' };
export const RATE: Kind = { category: 'rate-limited', retryable: true, ran: 'no' };
export const QUOTA: Kind = {
	category: 'quota-exhausted',
	retryable: true,
	ran: 'no',
	sharedBy: 'account',
};
export const NO_SUCH_TARGET: Kind = { ...CONFIGURATION, sharedBy: 'target' };
export const UNKNOWN_OUTCOME: Kind = { category: 'outcome-unknown', retryable: true, ran: 'maybe' };
export const FUNCTION: Kind = { category: 'function-error', retryable: false, ran: 'yes' };

const NEW_TOKEN_HINT =
	'The node requests a new token and repeats the call once by itself. A fixed token cannot be renewed: paste a new one into the credential.';
const PROXY_HINT =
	'Something between n8n and WeChat changed the request: check any proxy and the custom API host.';
/** For every call that may have run the function. */
export const CHECK_FIRST_HINT =
	'The function may have run. Check what it did before you run this item again.';
const COMPONENT_HINT = "Check the service provider's settings in the credential.";
const INSIDE_HINT =
	'The error comes from inside the function. Read its log in the CloudBase console.';

/** One line per code, so that it reads as a table. */
// prettier-ignore
export const CODES: Readonly<Record<number, Meaning>> = {
	[-1]: { ...BUSY, what: "WeChat's system is busy", hint: 'Run the item again in a moment.' },
	[-1000]: { ...UNKNOWN_OUTCOME, what: 'WeChat reported a system error', hint: CHECK_FIRST_HINT },

	40001: { ...CREDENTIAL, what: 'the access token is invalid or has been replaced by a newer one', hint: `Another service may be requesting tokens for the same app through /cgi-bin/token. ${NEW_TOKEN_HINT}` },
	40002: { ...CREDENTIAL, what: 'WeChat does not accept the grant type of the token request', hint: PROXY_HINT },
	40013: { ...CREDENTIAL, what: 'the App ID is wrong', hint: 'Copy the App ID from the WeChat console (Development Settings) into the credential.' },
	40014: { ...CREDENTIAL, what: 'the access token is not valid', hint: NEW_TOKEN_HINT },
	40097: { ...CONFIGURATION, what: 'WeChat does not accept the arguments of the request', hint: 'Check the environment, the function name and the request data.' },
	40101: { ...CONFIGURATION, what: 'a required parameter is missing', hint: `Check that the environment and the function name are filled in. If they are, look further: ${PROXY_HINT}` },
	40125: { ...CREDENTIAL, what: 'the AppSecret is wrong', hint: 'Copy the AppSecret from the WeChat console (Development Settings) into the credential. If it was reset there, the old one no longer works.' },
	40164: { ...CREDENTIAL, what: "the IP address of n8n is not in the app's IP whitelist", hint: 'Add the address in the WeChat console under Development Settings, IP Whitelist.' },
	40243: { ...CREDENTIAL, what: 'the AppSecret is frozen', hint: 'Unfreeze it in the WeChat console under Development Settings.' },
	41001: { ...CREDENTIAL, what: 'WeChat received no access token', hint: `Check that the credential holds a token or can request one. If it does, look further: ${PROXY_HINT}` },
	41002: { ...CREDENTIAL, what: 'the App ID is missing', hint: 'Fill in the App ID in the credential.' },
	41004: { ...CREDENTIAL, what: 'the AppSecret is missing', hint: 'Fill in the AppSecret in the credential.' },
	41018: { ...CREDENTIAL, what: 'the component App ID is missing', hint: COMPONENT_HINT },
	42001: { ...CREDENTIAL, what: 'the access token has expired', hint: NEW_TOKEN_HINT },
	43002: { ...CONFIGURATION, what: 'WeChat did not receive a POST request', hint: PROXY_HINT },
	44002: { ...CONFIGURATION, what: 'WeChat received no request data', hint: PROXY_HINT },
	45002: { ...CONFIGURATION, what: 'the request data is too large', hint: 'Send less data per item.' },
	45009: { ...QUOTA, what: 'the daily quota of this API is used up', hint: 'Wait until tomorrow, or clear the quota in the WeChat console.' },
	45011: { ...RATE, what: 'too many calls in this minute', hint: 'Run the item again in a minute.' },
	47001: { ...CONFIGURATION, what: 'WeChat could not read the request data', hint: 'Check that the request data is a JSON object.' },
	48001: { ...CREDENTIAL, what: 'this account may not call cloud functions with this kind of token', hint: 'Check the Token Mode in the credential and the permissions of the account.' },
	48004: { ...CREDENTIAL, what: 'WeChat has forbidden this API for the account', hint: 'Look for a notice in the WeChat console.' },
	50002: { ...CREDENTIAL, what: 'the account is limited by WeChat', hint: 'Look for a notice in the WeChat console.' },
	50004: { ...CREDENTIAL, what: 'the account may not request access tokens', hint: 'Look for a notice in the WeChat console.' },
	50007: { ...CREDENTIAL, what: 'the account is frozen', hint: 'Look for a notice in the WeChat console.' },
	61003: { ...CREDENTIAL, what: 'the account has not authorized this service provider', hint: 'Ask the account to authorize the service provider.' },
	61004: { ...CREDENTIAL, what: 'the IP address of n8n is not registered for the service provider', hint: 'Add the address in the WeChat Open Platform under the whitelist of the third-party platform.' },
	61005: { ...CREDENTIAL, what: 'the component verify ticket has expired', hint: 'Put the newest ticket into the credential. WeChat pushes one every 10 minutes.' },
	61006: { ...CREDENTIAL, what: 'the component verify ticket is not valid', hint: 'Put the newest ticket into the credential. WeChat pushes one every 10 minutes.' },
	61007: { ...CREDENTIAL, what: 'the account has not granted this permission to the service provider', hint: 'Ask the account to authorize the cloud development permission set (49 or 64).' },
	61011: { ...CREDENTIAL, what: 'the component App ID or its secret is not valid', hint: COMPONENT_HINT },
	61014: { ...CREDENTIAL, what: 'this call needs the component access token', hint: 'Check the Token Mode in the credential.' },
	61016: { ...CONFIGURATION, what: "the service provider's category must be confirmed", hint: 'Confirm it in the WeChat Open Platform.' },
	61023: { ...CREDENTIAL, what: 'the authorizer refresh token is not valid', hint: 'Ask the account to authorize again and put the new refresh token into the credential.' },
	85088: { ...CONFIGURATION, sharedBy: 'account', what: 'cloud development is not opened for this app', hint: 'Open cloud development for the mini program in the WeChat developer tools, then run again.' },
	89503: { ...CREDENTIAL, what: "an administrator must confirm n8n's IP address", hint: 'The administrator confirms it in the message WeChat sent. Then run again.' },
	89506: { ...CREDENTIAL, what: "an administrator has refused n8n's IP address", hint: 'Ask the administrator, and wait 24 hours before the next try.' },
	89507: { ...CREDENTIAL, what: "an administrator has refused n8n's IP address", hint: 'Ask the administrator, and wait 1 hour before the next try.' },

	[-501001]: { ...UNKNOWN_OUTCOME, what: 'CloudBase reported a system error', hint: CHECK_FIRST_HINT },
	[-501002]: { ...UNKNOWN_OUTCOME, what: 'CloudBase did not answer in time', hint: CHECK_FIRST_HINT },
	[-501003]: { ...RATE, what: 'the environment received too many requests', hint: 'Run the item again in a moment, or raise the quota of the environment.' },
	[-501004]: { ...RATE, what: 'the environment runs too many functions at the same time', hint: 'Run the item again in a moment, or raise the quota of the environment.' },
	[-501005]: { ...NO_SUCH_TARGET, what: 'the environment is not valid for this account', hint: 'Copy the environment ID from the CloudBase console, and check that it belongs to the app in the credential.' },
	[-501006]: { ...CONFIGURATION, what: 'CloudBase does not accept the common parameters of the request', hint: 'Check the environment and the function name.' },
	[-501007]: { ...CONFIGURATION, what: 'CloudBase does not accept the parameters of the request', hint: 'Check the function name, the environment and that the request data is a JSON object.' },
	[-501008]: { ...CONFIGURATION, what: 'CloudBase does not accept requests from this source', hint: 'Check the permissions of the environment in the CloudBase console.' },
	[-501009]: { ...CONFIGURATION, what: 'the environment is not initialised', hint: 'Open the environment once in the CloudBase console.' },

	[-504001]: { ...UNKNOWN_OUTCOME, what: 'CloudBase could not complete the call of the function', hint: CHECK_FIRST_HINT },
	[-504002]: { ...FUNCTION, what: 'the function threw an error', hint: 'Read the error text and the log of the function in the CloudBase console.' },
	[-504003]: { ...UNKNOWN_OUTCOME, what: 'the function did not finish within its time limit', hint: 'WeChat waits 5 seconds at most. The function may still run to its end: check what it did before you run this item again.' },

	[-601001]: { ...UNKNOWN_OUTCOME, what: 'the CloudBase backend reported a system error', hint: CHECK_FIRST_HINT },
	[-601002]: { ...CONFIGURATION, what: 'the CloudBase backend does not accept the arguments', hint: 'Check the environment, the function name and the request data.' },
	[-601003]: { ...UNKNOWN_OUTCOME, what: 'the CloudBase backend had a network error', hint: CHECK_FIRST_HINT },
	[-601008]: { ...UNKNOWN_OUTCOME, what: 'the CloudBase backend timed out', hint: CHECK_FIRST_HINT },
	[-601012]: { ...NO_SUCH_TARGET, what: 'the account may not use this environment', hint: 'Check that the environment belongs to the app in the credential.' },
	[-601018]: { ...CONFIGURATION, what: 'the account may not use this API', hint: 'Check the permissions of the account in the CloudBase console.' },
	[-604001]: { ...FUNCTION, what: 'the function ran, but its result is larger than 1 MB', hint: 'Let the function return less, for example page by page.' },
};

/** WeChat refuses the token itself: with a new one the same call can succeed. */
export const TOKEN_REFUSED: ReadonlySet<number> = new Set([40001, 40014, 41001, 42001]);

export interface Family {
	from: number;
	to: number;
	meaning: Meaning;
}

/** For codes not listed one by one. Both ends belong to the family. */
// prettier-ignore
export const FAMILIES: readonly Family[] = [
	{ from: 61000, to: 61999, meaning: { ...CREDENTIAL, what: "WeChat does not accept the service provider's token or authorization", hint: COMPONENT_HINT } },
	{ from: 89000, to: 89999, meaning: { ...CREDENTIAL, what: 'WeChat does not allow this account or IP address', hint: 'Look up the code on the WeChat developer site.' } },
	{ from: -501021, to: -501015, meaning: { ...CONFIGURATION, what: 'CloudBase refused the request (a quota, a permission or a parameter)', hint: 'Check the quotas and permissions of the environment in the CloudBase console.' } },
	{ from: -502999, to: -502000, meaning: { ...FUNCTION, what: 'a database call inside the function failed', hint: INSIDE_HINT } },
	{ from: -503999, to: -503000, meaning: { ...FUNCTION, what: 'a storage call inside the function failed', hint: INSIDE_HINT } },
	{ from: -504999, to: -504000, meaning: { ...UNKNOWN_OUTCOME, what: 'CloudBase could not complete the call of the function', hint: CHECK_FIRST_HINT } },
	{ from: -601999, to: -601000, meaning: { ...UNKNOWN_OUTCOME, what: 'the CloudBase backend reported an error', hint: CHECK_FIRST_HINT } },
	{ from: -604999, to: -604000, meaning: { ...FUNCTION, what: 'a cloud call inside the function failed', hint: INSIDE_HINT } },
];

export interface TellingText {
	pattern: RegExp;
	/** The codes that come with several causes; the text decides between them. */
	codes: readonly number[];
	meaning: Meaning;
}

/** Where one code stands for several causes, its errmsg tells which. The first that fits counts. */
export const TELLING_TEXTS: readonly TellingText[] = [
	{
		pattern: /FUNCTION_EXCEED_TIME_LIMIT|invoking task timed out/i,
		codes: [-501000, -501001, -504001, -504002, -601001],
		meaning: CODES[-504003],
	},
	{
		pattern: /timed out/i,
		codes: [-501000, -501001, -504001, -601001],
		meaning: CODES[-501002],
	},
	{
		pattern: /FUNCTION_NOT_FOUND/,
		codes: [-501000, -501001, -501005, -501007, -504001, -504002, -601002],
		meaning: {
			...NO_SUCH_TARGET,
			what: 'there is no function of this name in the environment',
			hint: 'Check the function name (capital letters count) and that the function is deployed in this environment.',
		},
	},
	{
		pattern: /env not exists|environment invalid/i,
		codes: [-501000, -501001, -501005, -501007, -504001, -601002],
		meaning: {
			...NO_SUCH_TARGET,
			what: 'there is no such environment',
			hint: 'Copy the environment ID from the CloudBase console, and check that it belongs to the app in the credential.',
		},
	},
];

export const UNLISTED: Meaning = {
	category: 'unknown-error',
	retryable: false,
	ran: 'maybe',
	what: 'WeChat answered with a code this package does not know',
	hint: `Look up the code on the WeChat developer site. ${CHECK_FIRST_HINT}`,
};
