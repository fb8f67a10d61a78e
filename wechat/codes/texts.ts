import { CLOUDBASE_CODES } from './cloudBaseCodes';
import { FUNCTION, LOG_HINT, NO_SUCH_TARGET, TOO_LARGE, type Meaning } from './kinds';

export interface TellingText {
	/** Any of them, in whatever case. */
	words: readonly string[];
	meaning: Meaning;
}

/**
 * Where one code stands for several causes, the platform's own words tell which. The first line that fits
 * counts: those after which the function may have run come first.
 */
export const TELLING_TEXTS: readonly TellingText[] = [
	{
		words: [
			'FUNCTION_EXCEED_TIME_LIMIT',
			'FUNCTION_TIME_LIMIT_EXCEEDED',
			'FUNCTIONS_TIME_LIMIT_EXCEEDED',
			'invoking task timed out',
			'TimeLimitReached',
		],
		meaning: CLOUDBASE_CODES[-504003],
	},
	{
		words: [
			'FUNCTION_MEMORY_LIMIT_EXCEEDED',
			'FUNCTIONS_MEMORY_LIMIT_EXCEEDED',
			'FUNCTION_EXCEED_MEMORY_LIMIT',
			'MemoryLimitReached',
		],
		meaning: {
			...FUNCTION,
			what: 'the function needed more memory than it may have',
			hint: "Raise the function's memory in the CloudBase console, or let it do less at once.",
		},
	},
	{
		words: [
			'FUNCTION_INVOCATION_FAILED',
			'FUNCTIONS_INVOCATION_FAILED',
			'FUNCTION_EXECUTE_FAIL',
			'FUNCTIONS_EXECUTE_FAIL',
		],
		meaning: { ...FUNCTION, what: 'the function failed', hint: LOG_HINT },
	},
	{
		words: ['timed out', 'timeout', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', '超时'],
		meaning: CLOUDBASE_CODES[-501002],
	},
	{
		words: [
			'EXCEED_CONCURRENT_REQUEST_LIMIT',
			'FUNCTION_EXCEED_RESOURCE_LIMIT',
			'FUNCTIONS_EXCEED_CONCURRENT_LIMIT',
			'concurrency exceeded',
			'exceed concurrent',
			'ResourceLimitReached',
		],
		meaning: CLOUDBASE_CODES[-501004],
	},
	{
		words: [
			'EXCEED_RATELIMIT',
			'EXCEED_RATE_LIMIT',
			'EXCEED_REQUEST_LIMIT',
			'exceed request limit',
			'RATE_LIMIT_EXCEEDED',
			'TooManyRequests',
			'too many requests',
		],
		meaning: CLOUDBASE_CODES[-501003],
	},
	{
		words: [
			'FUNCTION_NOT_FOUND',
			'FUNCTIONS_NOT_FOUND',
			'FunctionNotFound',
			'FUNCTION_QUALIFIER_NOT_FOUND',
			'function not found',
			'function not exist',
			'function does not exist',
			'functionName parameter could not be found',
			'找不到对应的FunctionName',
			'ResourceNotFound.Function',
		],
		meaning: {
			...NO_SUCH_TARGET,
			what: 'there is no function of this name in the environment',
			hint: 'Check the function name (capital letters count) and that the function is deployed in this environment.',
		},
	},
	{
		words: ['ENV_NOT_READY', 'ENV_ABNORMAL', 'ENV_STATUS_ABNORMAL'],
		meaning: {
			...NO_SUCH_TARGET,
			isAboutEnvironment: true,
			what: 'the environment is not ready',
			hint: 'Look at the state of the environment in the CloudBase console. A new one takes some minutes.',
		},
	},
	{
		words: [
			'INVALID_ENV',
			'ENV_NOT_FOUND',
			'ENV_NOT_EXIST',
			'env not exist',
			'env not found',
			'env check invalid',
			'env invalid',
			'invalid env',
			'environment invalid',
			'environment not found',
			'environment not exist',
			'environment does not exist',
		],
		meaning: {
			...NO_SUCH_TARGET,
			isAboutEnvironment: true,
			what: 'there is no such environment',
			hint: CLOUDBASE_CODES[-601027].hint,
		},
	},
	{
		words: ['FUNCTION_STATUS_ABNORMAL', 'FUNCTIONS_STATUS_ABNORMAL', 'FunctionStatusError'],
		meaning: {
			...NO_SUCH_TARGET,
			what: 'the function is not ready to run',
			hint: 'It may just be deployed, or its deployment failed: look at its state in the CloudBase console.',
		},
	},
	{
		words: ['EXCEED_MAX_PAYLOAD_SIZE', 'PAYLOAD_TOO_LARGE', 'RequestTooLarge', 'body too large'],
		meaning: {
			...TOO_LARGE,
			what: 'the request data is too large',
			hint: 'Send less data per item, or smaller batches.',
		},
	},
	{
		words: ['FUNCTION_PARAM_INVALID', 'FUNCTIONS_PARAM_INVALID', 'INVALID_PARAM'],
		meaning: { ...CLOUDBASE_CODES[-501007], isGeneral: undefined },
	},
	{
		words: [
			'EXCEED_AUTHORITY',
			'ACTION_FORBIDDEN',
			'PERMISSION_DENIED',
			'permission denied',
			'UnauthorizedOperation',
			'no permission',
			'没有权限',
		],
		meaning: CLOUDBASE_CODES[-501023],
	},
	{
		words: ['OVERDUE', 'InsufficientBalance', 'ServiceSuspended'],
		meaning: CLOUDBASE_CODES[-606003],
	},
	{
		words: [
			'SYSTEM_ERROR',
			'system error',
			'SYS_ERR',
			'INTERNAL_ERROR',
			'internal error',
			'internal server error',
			'unknown error',
			'SERVICE_UNAVAILABLE',
			'service unavailable',
			'bad gateway',
			'network error',
			'socket hang up',
			'ECONNRESET',
			'系统错误',
			'系统繁忙',
		],
		meaning: CLOUDBASE_CODES[-501001],
	},
];

/** Said where the function's process ended before its first line, or could not load what it needs. */
const ENDED_EARLY = [
	'process exit',
	'ProcessExit',
	'exited with code',
	'exited unexpectedly',
	'exit unexpectedly',
	'exited before',
	'cannot find module',
	'handler not found',
	'HandlerNotFound',
	'entry file',
	'ContainerStateExited',
	'ContainerInitError',
];
const ENDED_EARLY_HINT =
	'The function may have ended before its first line. Check that its dependencies are deployed ("Upload and deploy: install dependencies in the cloud"), that its entry file index.js is there, and its log in the CloudBase console.';

/** The hint for an error of the function; its own words decide nothing else. */
export function chooseFunctionHint(words: string): string {
	return holdsAny(words, ENDED_EARLY) ? ENDED_EARLY_HINT : LOG_HINT;
}

export function findTellingText(words: string): Meaning | undefined {
	return TELLING_TEXTS.find((text) => holdsAny(words, text.words))?.meaning;
}

function holdsAny(text: string, words: readonly string[]): boolean {
	const lower = text.toLowerCase();
	return words.some((word) => lower.includes(word.toLowerCase()));
}
