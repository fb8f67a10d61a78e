import { CODES, findMeaning } from '../../../wechat/codes/catalogue';

/** The codes of WeChat's own page for invokeCloudFunction. */
const PAGE_CODES = [-1, 40014, 40101, 41001, 42001, 43002, 44002, 85088];

test.each(PAGE_CODES)("%i of WeChat's page proves that the function did not run", (errcode) => {
	expect(findMeaning(errcode, '')).toBe(CODES[errcode]);
	expect(CODES[errcode].ran).toBe('no');
});

test.each(Object.entries(CODES))('%s reads as a sentence and says what to do', (_, meaning) => {
	expect(meaning.what).toMatch(/^[a-zA-Z].*[^.]$/);
	expect(meaning.hint).toMatch(/^[A-Z].*\.$/);
});

test.each([
	[-1000, 'maybe'],
	[-501001, 'maybe'],
	[-501002, 'maybe'],
	[-504001, 'maybe'],
	[-504003, 'maybe'],
	[-601001, 'maybe'],
	[-601003, 'maybe'],
	[-601008, 'maybe'],
	[-504002, 'yes'],
	[-604001, 'yes'],
	[45011, 'no'],
	[-501003, 'no'],
	[-501004, 'no'],
])('%i: the function ran: %s', (errcode, ran) => {
	expect(findMeaning(errcode, '').ran).toBe(ran);
});

test.each([
	[61099, 'credential-invalid'],
	[89500, 'credential-invalid'],
	[-501018, 'configuration-invalid'],
	[-502001, 'function-error'],
	[-503001, 'function-error'],
	[-504999, 'outcome-unknown'],
	[-601099, 'outcome-unknown'],
	[-604103, 'function-error'],
])('%i is not listed and takes the meaning of its family: %s', (errcode, category) => {
	expect(CODES[errcode]).toBeUndefined();
	expect(findMeaning(errcode, '').category).toBe(category);
});

test('any other code is an unknown error, and the function may have run', () => {
	expect(findMeaning(12345, '')).toMatchObject({ category: 'unknown-error', ran: 'maybe' });
	expect(findMeaning(-501000, '')).toMatchObject({ category: 'unknown-error', ran: 'maybe' });
});

test.each([
	[-501000, 'env not exists', 'there is no such environment'],
	[-501000, 'Environment invalid', 'there is no such environment'],
	[
		-501000,
		'FunctionName FUNCTION_NOT_FOUND',
		'there is no function of this name in the environment',
	],
	[-504002, 'FUNCTION_EXCEED_TIME_LIMIT', 'the function did not finish within its time limit'],
	[-504002, 'Error: my database timed out', 'the function threw an error'],
	[-501001, 'request timed out', 'CloudBase did not answer in time'],
])('%i with "%s": %s', (errcode, errmsg, what) => {
	expect(findMeaning(errcode, errmsg).what).toBe(what);
});
