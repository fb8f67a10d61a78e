/**
 * What the codes of cloud storage mean, as data: WeChat's errcodes where a place or a link is asked for,
 * and the codes of Tencent's COS, which takes the file. Whatever they say, no function has run.
 * Sources: WeChat's pages on uploadFile and batchDownloadFile, CloudBase's error codes, COS's error codes.
 */
import { BUSY, CONFIGURATION, CREDENTIAL, RATE, UNKNOWN, type Meaning } from '../codes/kinds';
import type { Failed } from '../answer/envelope';

const CONSOLE_HINT = 'Check the permissions of cloud storage in the CloudBase console.';
const PATH_HINT =
	'Change the option File Path, or leave it empty. Letters, digits and - ! _ . * / are safe.';
const AGAIN_HINT = 'Run the item again in a moment.';
const PROXY_HINT =
	'Something between n8n and cloud storage changed the request: check any proxy that n8n uses.';
const LOOK_UP_HINT = 'Look up the code on the site of Tencent Cloud, under COS.';
const PERMISSION_HINT =
	"Check the Token Mode in the credential. A service provider also needs the customer's permission set 49 for cloud storage.";

/** Where a code means something else for cloud storage than for a call. */
// prettier-ignore
export const STORAGE_CODES: Readonly<Record<number, Meaning>> = {
	40097: { ...CONFIGURATION, what: 'WeChat does not accept the path of the file', hint: PATH_HINT },
	48001: { ...CREDENTIAL, sharedBy: 'api', what: 'this account may not use cloud storage with this kind of token', hint: PERMISSION_HINT },
	61007: { ...CREDENTIAL, sharedBy: 'api', what: 'the account has not granted cloud storage to the service provider', hint: 'Ask the account to authorize the permission set 49.' },
	[-501007]: { ...CONFIGURATION, what: 'CloudBase does not accept the path of the file', hint: PATH_HINT },
	[-503001]: { ...BUSY, what: 'cloud storage could not do it', hint: AGAIN_HINT },
	[-503002]: { ...CONFIGURATION, what: 'the account may not do this in cloud storage', hint: CONSOLE_HINT },
	[-503003]: { ...CONFIGURATION, what: 'the file is not in cloud storage', hint: 'Check that the function has written the file, and that nothing has deleted it.' },
};

export const INCOMPLETE_GRANT: Meaning = {
	...CONFIGURATION,
	what: "WeChat's answer does not say where the file goes",
	hint: 'Check the API host in the credential and any proxy in between.',
};

const GRANT_OVER: Meaning = {
	...BUSY,
	what: 'the permission that WeChat gave for it was over',
	hint: 'Run the item again. If it happens again, the connection is too slow for a file of this size, or the clock of a proxy is wrong.',
};
const BAD_PATH: Meaning = {
	...CONFIGURATION,
	what: 'its path is not allowed',
	hint: PATH_HINT,
};
const BAD_FORM: Meaning = {
	...CONFIGURATION,
	what: 'the request did not arrive as it was sent',
	hint: PROXY_HINT,
};
const STORAGE_BUSY: Meaning = { ...BUSY, what: 'cloud storage is busy', hint: AGAIN_HINT };

/** What COS writes into the Code of its XML. */
// prettier-ignore
const COS_CODES: Readonly<Record<string, Meaning>> = {
	AccessDenied: { ...CONFIGURATION, what: 'it refuses the request', hint: CONSOLE_HINT },
	EntityTooLarge: { ...CONFIGURATION, what: 'the file is too large', hint: 'Send a smaller file.' },
	ExpiredToken: GRANT_OVER,
	IncompleteBody: { ...BUSY, what: 'a part of the file did not arrive', hint: AGAIN_HINT },
	InternalError: STORAGE_BUSY,
	InvalidArgument: BAD_FORM,
	InvalidObjectName: BAD_PATH,
	InvalidURI: BAD_PATH,
	KeyTooLong: BAD_PATH,
	MalformedPOSTRequest: BAD_FORM,
	MissingContentLength: BAD_FORM,
	NoSuchBucket: { ...CONFIGURATION, what: 'the environment has no storage', hint: 'Open Storage once in the CloudBase console.' },
	NoSuchKey: STORAGE_CODES[-503003],
	RequestTimeTooSkewed: GRANT_OVER,
	RequestTimeout: { ...BUSY, what: 'the file did not arrive in time', hint: AGAIN_HINT },
	ServiceUnavailable: STORAGE_BUSY,
	SignatureDoesNotMatch: BAD_FORM,
	SlowDown: { ...RATE, what: 'cloud storage receives too many requests', hint: AGAIN_HINT },
	UserNetworkTooSlow: { ...BUSY, what: 'the connection is too slow', hint: AGAIN_HINT },
};

const UNLISTED: Meaning = {
	...UNKNOWN,
	ran: 'no',
	what: 'it answered with an error this package does not know',
	hint: LOOK_UP_HINT,
};

/** What COS's answer means; a code that isn't listed is judged by the HTTP status. */
export function findCosMeaning(code: string, message: string, status: number): Meaning {
	if (/expired/i.test(message)) return GRANT_OVER;
	const known = Object.hasOwn(COS_CODES, code) ? COS_CODES[code] : undefined;
	if (known !== undefined) return known;
	return status >= 500 || status === 408 || status === 429 ? STORAGE_BUSY : UNLISTED;
}

/** In the table of calls, a storage code is one of the function's. Here no function has run. */
export function toStorageFailure(failed: Failed): Failed {
	if (failed.meaning.category !== 'function-error') return failed;
	return { ...failed, meaning: { ...UNLISTED, what: 'cloud storage refused the request' } };
}
