import { CODES, findMeaning } from '../../../wechat/codes/catalogue';

const NO_FUNCTION = 'there is no function of this name in the environment';
const NO_ENVIRONMENT = 'there is no such environment';

test.each([
	[-501000, 'env not exists', NO_ENVIRONMENT],
	[-501000, 'Environment invalid', NO_ENVIRONMENT],
	[-501000, '[100003] Param Invalid: env check invalid be filterd', NO_ENVIRONMENT],
	[-501000, 'INVALID_ENV', NO_ENVIRONMENT],
	[-501005, 'Environment not found', NO_ENVIRONMENT],
	[-501000, 'FunctionName parameter could not be found. FUNCTION_NOT_FOUND', NO_FUNCTION],
	[-504001, 'FunctionNotFound', NO_FUNCTION],
	[-601002, 'function does not exist', NO_FUNCTION],
	[-501001, 'request timed out', CODES[-501002].what],
	[-501000, 'ESOCKETTIMEDOUT', CODES[-501002].what],
	[-504001, 'FUNCTIONS_TIME_LIMIT_EXCEEDED', CODES[-504003].what],
	[-504001, 'FUNCTION_TIME_LIMIT_EXCEEDED', CODES[-504003].what],
	[-501000, 'Invoking task timed out after 3 seconds', CODES[-504003].what],
	[-501099, 'EXCEED_RATELIMIT', CODES[-501003].what],
	[-501000, 'EXCEED_CONCURRENT_REQUEST_LIMIT', CODES[-501004].what],
	[-504999, 'EXCEED_AUTHORITY', CODES[-501023].what],
	[-601001, 'ACTION_FORBIDDEN', CODES[-501023].what],
	[-501000, 'FUNCTION_PARAM_INVALID', CODES[-501007].what],
	[-504001, 'EXCEED_MAX_PAYLOAD_SIZE', 'the request data is too large'],
	[-504001, 'ENV_NOT_READY', 'the environment is not ready'],
	[-504001, 'FUNCTION_STATUS_ABNORMAL', 'the function is not ready to run'],
	[-504001, 'FUNCTION_MEMORY_LIMIT_EXCEEDED', 'the function needed more memory than it may have'],
	[-504001, 'FUNCTION_INVOCATION_FAILED', 'the function failed'],
	[-501000, '找不到对应的FunctionName.', NO_FUNCTION],
	[-601033, '没有权限', CODES[-501023].what],
	[-601025, 'no permission', CODES[-501023].what],
	[-501000, 'resource system error', CODES[-501001].what],
	[-501000, 'socket hang up', CODES[-501001].what],
	[-501000, 'Service Unavailable', CODES[-501001].what],
	[-501000, 'Internal Server Error', CODES[-501001].what],
	[-501000, '请求超时', CODES[-501002].what],
	[-501000, 'something nobody has seen', CODES[-501000].what],
	[54321, 'FUNCTION_NOT_FOUND', NO_FUNCTION],
])('%i with "%s": %s', (errcode, errmsg, what) => {
	expect(findMeaning(errcode, errmsg).what).toBe(what);
	expect(findMeaning(errcode, `errCode: ${errcode} | errMsg: ${errmsg} rid: 1-2-3`).what).toBe(
		what,
	);
});

test.each([
	[40164, 'FUNCTION_INVOCATION_FAILED'],
	[45011, 'request timed out'],
	[85088, 'system error'],
	[-1, 'timed out'],
	[-604103, 'FUNCTION_NOT_FOUND'],
	[-502001, 'env not exists'],
])('%i means one thing, whatever else it says: %s', (errcode, errmsg) => {
	expect(findMeaning(errcode, errmsg)).toEqual(findMeaning(errcode, ''));
});

const PLATFORM_WORDS = [
	'FUNCTION_NOT_FOUND',
	'env not exists',
	'EXCEED_RATELIMIT',
	'EXCEED_AUTHORITY',
	'FUNCTIONS_TIME_LIMIT_EXCEEDED',
	'Invoking task timed out after 3 seconds',
];

describe('the words of an error that the function threw are its own', () => {
	test.each(PLATFORM_WORDS)('%s', (words) => {
		for (const said of [
			`functions execute fail | errMsg: Error: errCode: -501000 | errMsg: ${words}`,
			`functions execute fail | errMsg: Error: db: ${words}`,
			`TypeError: ${words} at main (/var/user/index.js:3:7)`,
			`functions execute fail | errMsg: the other service said ${words}`,
		]) {
			const meaning = findMeaning(-504002, said);
			expect(meaning).toMatchObject({ category: 'function-error', ran: 'yes' });
			expect(meaning.sharedBy).toBeUndefined();
		}
		for (const errcode of [-504001, -501001, -601001]) {
			expect(findMeaning(errcode, `request fail. Error: ${words}`)).toBe(CODES[errcode]);
		}
	});
});

test.each([
	'FUNCTION_EXCEED_TIME_LIMIT',
	'Invoking task timed out after 3 seconds',
	'functions execute fail | errMsg: Invoking task timed out after 20 seconds rid: 68a1-2b',
	'functions execute fail | errMsg: Invoking task timed out after 3 seconds hint: [Xb1] rid: 68a1-2b',
])('-504002 with the time limit in the platform\'s own words alone: "%s"', (errmsg) => {
	expect(findMeaning(-504002, errmsg)).toBe(CODES[-504003]);
});

test.each([
	"functions execute fail | errMsg: Error: Cannot find module 'wx-server-sdk'",
	'functions execute fail | errMsg: Process exited unexpectedly before completing request',
	'functions execute fail | errMsg: Handler not found',
	'functions execute fail | errMsg: Container exited with code 1',
])('a function that ended before its first line gets the hint for it: %s', (errmsg) => {
	expect(findMeaning(-504002, errmsg).hint).toMatch(/dependencies.*entry file/);
	expect(findMeaning(-504002, 'functions execute fail | errMsg: Error: no stock').hint).not.toMatch(
		/dependencies/,
	);
});

test('a megabyte of text is not read to its end', () => {
	const filler = 'Error '.repeat(200_000);
	expect(findMeaning(-504001, `${filler}FUNCTION_NOT_FOUND`)).toBe(CODES[-504001]);
});
