import { CODES } from '../../../wechat/codes/catalogue';
import { describeFailure } from '../../../wechat/outcome/failure';
import type { Failed } from '../../../wechat/answer/envelope';
import { readOutcome } from '../../../wechat/outcome/outcome';
import { judgeResult, readResult } from '../../../wechat/outcome/returnValue';

const SECRET = 'dummy-secret-of-a-test';
const describe_ = (failed: unknown) =>
	describeFailure(failed as Failed, {
		target: { environment: 'shop-demo', functionName: 'echo' },
		attempts: 1,
		secrets: [SECRET],
	});
const judge = (result: unknown) => describe_(judgeResult(result, 'ok'));

test.each([
	[{ errorCode: -1, errorMessage: 'Invoking task timed out after 3 seconds', statusCode: 433 }],
	[{ errorCode: -1, errorMessage: 'Invoking task timed out after 20 seconds', requestId: 'a' }],
	[{ errorCode: 1, errorMessage: 'TimeLimitReached', statusCode: 433 }],
])('%j: nobody knows what came of it, as of -504003', (result) => {
	expect(judgeResult(result, 'ok')).toMatchObject({ meaning: CODES[-504003], errcode: 0 });
	expect(judge(result)).toMatchObject({ category: 'outcome-unknown', mayHaveRun: true });
});

test.each([
	[{ errorCode: -1, errorMessage: 'the stock is gone' }],
	[{ errorCode: 5, errorMessage: 'Invoking task timed out, said another service' }],
	[{ errorCode: 1, errorMessage: 'FUNCTION_NOT_FOUND' }],
	[{ errorCode: 'E_STOCK', errorMessage: 'EXCEED_RATELIMIT', statusCode: 432 }],
	[{ errorCode: 1, errorMessage: 'sold out', statusCode: 404, requestId: 'a' }],
])("%j is the function's own word: it ran and failed", (result) => {
	const { errorMessage } = result;
	expect(judge(result)).toMatchObject({
		category: 'function-error',
		retryable: false,
		mayHaveRun: true,
		message: `"echo" ran and failed: ${errorMessage}.`,
		result,
	});
});

test.each([432, 435, 437, 438, 444, 450])(
	'status %i of the runtime: the function may not have run, but its own words prove nothing',
	(statusCode) => {
		const result = { errorCode: 1, errorMessage: 'refused', requestId: 'a', statusCode };
		expect(judge(result)).toMatchObject({
			category: 'outcome-unknown',
			mayHaveRun: true,
			message: '"echo" may have run: the function could not be run (refused).',
		});
	},
);

test('memory that was not enough is said so', () => {
	const result = { errorCode: 1, errorMessage: 'OOM', statusCode: 434, requestId: 'a' };
	expect(judge(result).message).toMatch(/ran and failed: the function needed more memory/);
});

const CAUGHT = { errorCode: 1, errorMessage: 'user code exception caught', statusCode: 430 };

test.each([
	['the stack', { stackTrace: 'Error: stock of tea is gone\n at main (/var/user/index.js:3:9)' }],
	['the stack as a list', { stackTrace: ['Error: stock of tea is gone', 'at main'] }],
	['a message of its own', { errorMessage: 'stock of tea is gone\n at main', stackTrace: 'x' }],
	['a line after an empty first one', { stackTrace: 'Error: \nstock of tea is gone\n at main' }],
	['an empty message', { errorMessage: ' ', stackTrace: 'Error: stock of tea is gone' }],
])('what was thrown is told: %s', (_, fields) => {
	expect(judge({ ...CAUGHT, ...fields }).message).toBe(
		'"echo" ran and failed: stock of tea is gone.',
	);
});

test.each([
	['no stack', {}, 'user code exception caught'],
	['an empty message and no stack', { errorMessage: '' }, 'the function reported an error'],
	[
		'a stack of a type',
		{ stackTrace: 'TypeError: x is not a function' },
		'TypeError: x is not a function',
	],
	[
		"Python's stack, which ends with it",
		{
			stackTrace:
				'Traceback (most recent call last):\n  File "/var/user/index.py", line 3, in main\n    raise ValueError("no tea")\nValueError: no tea',
		},
		'ValueError: no tea',
	],
	[
		'a stack that begins with a place',
		{ stackTrace: '/var/user/index.js:3\n  foo(\n  ^\nSyntaxError: Unexpected token' },
		'SyntaxError: Unexpected token',
	],
	['no errorCode', { errorCode: undefined, errorMessage: 'sold out', requestId: 'a' }, 'sold out'],
])('%s', (_, fields, reason) => {
	expect(judge({ ...CAUGHT, ...fields }).message).toBe(`"echo" ran and failed: ${reason}.`);
});

test('what was thrown is shortened, and holds no secret', () => {
	const { message } = judge({
		...CAUGHT,
		stackTrace: `Error: bad token ${SECRET} ${'x'.repeat(9000)}`,
	});
	expect(message).toContain('bad token [removed]');
	expect(message.length).toBeLessThan(300);
});

test('a process that ended before its first line gets the hint for it', () => {
	const stackTrace = "Error: Cannot find module 'wx-server-sdk'";
	expect(judge({ ...CAUGHT, stackTrace }).hint).toMatch(/dependencies/);
});

test('a text that begins like JSON and is none stays a text, and is marked', () => {
	expect(readResult('{"name":"tea', {})).toMatchObject({ result: '{"name":"tea', isDamaged: true });
	expect(readResult(' [1,', {})).toMatchObject({ isDamaged: true });
	for (const text of ['tea {', '', '"{"', '{"a":1}', '[1]']) {
		expect(readResult(text, {})).not.toHaveProperty('isDamaged');
	}
});

describe('the Result Check', () => {
	const check = { field: 'data.code', successValues: ['0'] };
	const complain = (result: unknown) => describe_(judgeResult(result, 'ok', check)).message;
	const begin = '"echo" ran, but its result did not pass the Result Check: ';

	test('says why, whatever a field errorMessage says', () => {
		expect(complain({ data: { code: 7 }, errorMessage: 'from last week' })).toBe(
			`${begin}it says data.code = 7.`,
		);
		expect(complain([])).toBe(`${begin}it has no field "data.code".`);
	});

	test('a value nested 200,000 deep, and one of a megabyte, are complained of', () => {
		const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`) as unknown;
		expect(complain({ data: { code: deep } })).toMatch(/nested too deep to be shown/);
		expect(complain({ data: { code: 'x'.repeat(1_000_000) } }).length).toBeLessThan(400);
	});
});

test('-1 within a second is said at the door; later, the function may have run', () => {
	const answer = {
		kind: 'answer' as const,
		status: 200,
		text: '{"errcode":-1,"errmsg":"system error"}',
	};
	for (const elapsedMs of [0, 300, 1000]) {
		expect(readOutcome(answer, {}, elapsedMs)).toMatchObject({ meaning: CODES[-1] });
	}
	expect(readOutcome(answer, {}, 1001)).toMatchObject({
		errcode: -1,
		meaning: { category: 'outcome-unknown', ran: 'maybe', hint: expect.stringMatching(/twice/) },
	});
});
