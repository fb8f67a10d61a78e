import {
	BAD_DATA,
	BUSY,
	CHECK_FIRST_HINT,
	CONFIGURATION,
	CROWDED,
	FUNCTION,
	LOG_HINT,
	NO_SUCH_TARGET,
	RATE,
	TOO_LARGE,
	UNKNOWN_OUTCOME,
	type Meaning,
} from './kinds';

const ENVIRONMENT_HINT =
	'Copy the environment ID from the CloudBase console, and check that it belongs to the app in the credential.';
const PERMISSION_HINT =
	'Check the permissions of the environment and of the function in the CloudBase console.';
const OPEN_HINT =
	'Open cloud development for the mini program in the WeChat developer tools, then run again.';
const GENERAL = { isGeneral: true } as const;
const NAMED = { isAboutEnvironment: true } as const;
const REFUSED = { ...NO_SUCH_TARGET, what: 'the account may not use this environment' };

/**
 * CloudBase's codes: 5 is Tencent's side, 6 WeChat's. -501 are the checks of the gateway, -504 the call of
 * the function. Source: CloudBase's error codes. One line per code.
 */
// prettier-ignore
export const CLOUDBASE_CODES: Readonly<Record<number, Meaning>> = {
	[-1]: { ...BUSY, what: "WeChat's system is busy", hint: 'Run the item again in a moment.' },
	[-1000]: { ...UNKNOWN_OUTCOME, what: 'WeChat reported a system error', hint: CHECK_FIRST_HINT },

	[-501000]: { ...NO_SUCH_TARGET, ...GENERAL, what: 'CloudBase refused the call before it reached the function', hint: 'Check the environment, the function name and that the request data is a JSON object.' },
	[-501001]: { ...UNKNOWN_OUTCOME, ...GENERAL, what: 'CloudBase reported a system error', hint: CHECK_FIRST_HINT },
	[-501002]: { ...UNKNOWN_OUTCOME, what: 'CloudBase did not answer in time', hint: CHECK_FIRST_HINT },
	[-501003]: { ...RATE, what: 'the environment received too many requests', hint: 'Run the item again in a moment, or raise the quota of the environment.' },
	[-501004]: { ...CROWDED, what: 'the environment runs too many functions at the same time', hint: 'Run the item again in a moment, or raise the quota of the environment.' },
	[-501005]: { ...NO_SUCH_TARGET, ...GENERAL, ...NAMED, what: 'the environment is not valid for this account', hint: ENVIRONMENT_HINT },
	[-501006]: { ...CONFIGURATION, ...GENERAL, what: 'CloudBase does not accept the common parameters of the request', hint: 'Check the environment and the function name.' },
	[-501007]: { ...BAD_DATA, ...GENERAL, what: 'CloudBase does not accept the parameters of the request', hint: 'Check the function name, the environment and that the request data is a JSON object.' },
	[-501008]: { ...CONFIGURATION, what: 'CloudBase does not accept requests from this source', hint: PERMISSION_HINT },
	[-501009]: { ...CONFIGURATION, ...NAMED, what: 'the environment is not initialised', hint: 'Open the environment once in the CloudBase console.' },
	[-501023]: { ...NO_SUCH_TARGET, what: 'the rules of the environment deny this call, or there is no function of this name', hint: `Check the function name. ${PERMISSION_HINT}` },

	[-504001]: { ...UNKNOWN_OUTCOME, ...GENERAL, what: 'CloudBase could not complete the call of the function', hint: CHECK_FIRST_HINT },
	[-504002]: { ...FUNCTION, what: 'the function threw an error', hint: LOG_HINT },
	[-504003]: { ...UNKNOWN_OUTCOME, what: 'the function did not finish within its time limit', hint: 'WeChat waits 5 seconds at most. The function may still run to its end: check what it did before you run this item again.' },

	[-601001]: { ...UNKNOWN_OUTCOME, ...GENERAL, what: 'the CloudBase backend reported a system error', hint: CHECK_FIRST_HINT },
	[-601002]: { ...BAD_DATA, ...GENERAL, what: 'the CloudBase backend does not accept the arguments', hint: 'Check the environment, the function name and the request data.' },
	[-601003]: { ...UNKNOWN_OUTCOME, what: 'the CloudBase backend had a network error', hint: CHECK_FIRST_HINT },
	[-601004]: { ...REFUSED, what: 'the account may not call this API', hint: PERMISSION_HINT },
	[-601008]: { ...UNKNOWN_OUTCOME, what: 'the CloudBase backend timed out', hint: CHECK_FIRST_HINT },
	[-601010]: { ...REFUSED, what: 'the account has no right to write in this environment', hint: PERMISSION_HINT },
	[-601011]: { ...REFUSED, what: 'the account has no right to do this', hint: PERMISSION_HINT },
	[-601012]: { ...REFUSED, ...NAMED, hint: 'Check that the environment belongs to the app in the credential.' },
	[-601013]: { ...REFUSED, what: 'the account has no right to use this environment from several apps', hint: PERMISSION_HINT },
	[-601015]: { ...REFUSED, what: 'the function cloudbase_auth of the shared environment did not say whether the account may use it', hint: 'Let cloudbase_auth return errCode 0 for this account.' },
	[-601016]: { ...REFUSED, what: 'the shared environment does not know whether the account may use it', hint: 'Check how the environment is shared in the WeChat developer tools.' },
	[-601017]: { ...REFUSED, what: 'the function cloudbase_auth of the shared environment refused the account', hint: 'Let cloudbase_auth return errCode 0 for this account.' },
	[-601018]: { ...CONFIGURATION, sharedBy: 'api', what: 'the account may not use this API', hint: 'Check the permissions of the account in the CloudBase console.' },
	[-601022]: { ...REFUSED, ...GENERAL, what: 'CloudBase denies the account this call', hint: PERMISSION_HINT },
	[-601023]: { ...REFUSED, ...GENERAL, what: 'CloudBase denies the account this call', hint: PERMISSION_HINT },
	[-601027]: { ...NO_SUCH_TARGET, ...NAMED, what: 'there is no such environment', hint: ENVIRONMENT_HINT },
	[-601031]: { ...NO_SUCH_TARGET, what: 'there is no such service or path in the environment', hint: 'Check the environment and the function name.' },
	[-601034]: { ...CONFIGURATION, sharedBy: 'account', what: 'cloud development is not opened for this app', hint: OPEN_HINT },
	[-604001]: { ...FUNCTION, tooLarge: 'result', what: 'the function ran, but its result is larger than 1 MB', hint: 'Let the function return less, for example page by page.' },
	[-605101]: { ...BAD_DATA, ...GENERAL, what: 'CloudBase could not read the query in the request', hint: 'Check the request data.' },
	[-606001]: { ...TOO_LARGE, what: 'the request data is larger than 100 kB', hint: 'Send less data per item, or smaller batches.' },
	[-606002]: { ...FUNCTION, tooLarge: 'result', what: 'the answer is larger than 1 MB', hint: 'Let the function return less, for example page by page.' },
	[-606003]: { ...CONFIGURATION, sharedBy: 'account', what: 'the account of the environment has not paid its bill', hint: 'Pay it in the CloudBase console, then run again.' },
	[-606006]: { ...NO_SUCH_TARGET, what: 'the environment does not accept calls without a login', hint: PERMISSION_HINT },
};
