import {
	BAD_DATA,
	CHECK_FIRST_HINT,
	CONFIGURATION,
	FUNCTION,
	LOG_HINT,
	RATE,
	UNKNOWN_OUTCOME,
	type Meaning,
} from './kinds';

export const INSIDE_HINT =
	'The error comes from inside the function: ask whoever wrote it. Its log is in the CloudBase console.';

const NO_RESULT = { ...UNKNOWN_OUTCOME, hint: CHECK_FIRST_HINT };
const DATABASE = { ...FUNCTION, hint: INSIDE_HINT };

/**
 * Codes of CloudBase's SDKs, which some gateways pass on: 401 is general, 402 the database, 403 the
 * storage, 404 the call of a function. Source: the SDKs' lists of codes. One line per code.
 */
// prettier-ignore
export const SDK_CODES: Readonly<Record<number, Meaning>> = {
	[-401001]: { ...CONFIGURATION, sharedBy: 'target', what: 'the account may not use this API', hint: 'Check the permissions of the environment in the CloudBase console.' },
	[-401002]: { ...BAD_DATA, what: 'a parameter of the request is wrong', hint: 'Check the environment, the function name and the request data.' },
	[-401003]: { ...BAD_DATA, what: 'a parameter of the request is of the wrong type', hint: 'Check that the request data is a JSON object.' },
	[-402001]: { ...DATABASE, what: 'the function gave the database an object that holds itself' },
	[-402006]: { ...DATABASE, what: 'the database sent the function an error' },
	[-402011]: { ...DATABASE, what: 'the function lost its connection to the database' },
	[-403001]: { ...DATABASE, what: 'the function uploaded a file that is too large' },
	[-403002]: { ...DATABASE, what: 'the function got no address for its upload' },
	[-403003]: { ...DATABASE, what: 'the function got no address for its download' },
	[-404001]: { ...NO_RESULT, what: 'CloudBase returned nothing for the call' },
	[-404002]: { ...NO_RESULT, what: 'CloudBase returned no ID for the call' },
	[-404003]: { ...NO_RESULT, what: 'CloudBase named no address to ask for the result' },
	[-404004]: { ...NO_RESULT, what: 'CloudBase returned no result' },
	[-404005]: { ...NO_RESULT, what: 'the result did not come within the number of times it was asked for' },
	[-404006]: { ...NO_RESULT, what: 'CloudBase returned nothing when it was asked for the result' },
	[-404007]: { ...NO_RESULT, what: 'CloudBase returned an error when it was asked for the result' },
	[-404008]: { ...NO_RESULT, what: 'CloudBase returned an HTTP error when it was asked for the result' },
	[-404009]: { ...NO_RESULT, what: 'CloudBase could not be asked for the result' },
	[-404010]: { ...NO_RESULT, what: 'the result has expired' },
	[-404011]: { ...FUNCTION, what: 'the function failed', hint: LOG_HINT },
	[-404012]: { ...NO_RESULT, what: 'the result did not come in time' },
	[-404013]: { ...NO_RESULT, what: 'CloudBase had system errors each time it was asked for the result' },
	[-405015]: { ...RATE, what: 'too many requests at once', hint: 'Run the item again in a moment, or set Requests per Second.' },
};
