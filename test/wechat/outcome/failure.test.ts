import { findMeaning } from '../../../wechat/codes/catalogue';
import { toFailed } from '../../../wechat/answer/envelope';
import { describeFailure, describeProblem } from '../../../wechat/outcome/failure';

const target = { environment: 'shop-demo', functionName: 'echo' };
const describe_ = (errcode: number, errmsg: string, secrets: string[] = []) =>
	describeFailure(toFailed(findMeaning(errcode, errmsg), errcode, errmsg), {
		target,
		attempts: 1,
		secrets,
	});

test.each([
	[
		-504002,
		'functions execute fail | errMsg: TypeError: x is not a function\n at main',
		'x is not a function',
	],
	[-504002, 'functions execute fail | errMsg: no tea left rid: 68a1-2b', 'no tea left'],
	[-504002, 'errCode: -504002 | errMsg: exit code 137', 'exit code 137'],
	[-504002, 'functions execute fail', 'the function threw an error'],
	[-504002, 'functions execute fail | errMsg: ', 'the function threw an error'],
	[-504002, 'functions execute fail | errMsg: Error: \n at main', 'the function threw an error'],
	[
		-504002,
		'functions execute fail | errMsg: {"errorCode":1,"stackTrace":"Error: no tea\\n at main"}',
		'no tea',
	],
	[-504002, 'Error: requestIP: 1.2.3.4 is blocked', 'requestIP: 1.2.3.4 is blocked'],
])('%i "%s" says: %s', (errcode, errmsg, reason) => {
	expect(describe_(errcode, errmsg).message).toBe(`"echo" ran and failed: ${reason}.`);
});

test.each([
	[45035, 'access clientip is not registered requestIP:1.2.3.4', /whitelist \(1\.2\.3\.4\)\.$/],
	[61004, 'access clientip is not registered requestIP: 2001:db8::1', /\(2001:db8::1\)\.$/],
	[
		-501000,
		'a new text of the gateway rid: 1-2',
		/reached the function \(a new text of the gateway\)\.$/,
	],
	[49123, 'api is resting hint: [abc] rid: 1-2', /reached the function \(api is resting\)\.$/],
	[-501005, 'invalid env', /there is no such environment: "shop-demo"\.$/],
	[-501005, '', /is not valid for this account: "shop-demo"\.$/],
	[-601027, '', /there is no such environment: "shop-demo"\.$/],
	[12345, 'new code', /does not know \(new code\)\.$/],
	[45011, 'reach minute limit', /too many calls in this minute\.$/],
])(
	'%i tells what WeChat said where that says more than the code: "%s"',
	(errcode, errmsg, message) => {
		expect(describe_(errcode, errmsg).message).toMatch(message);
	},
);

test('names of any length make a message of a line', () => {
	const long = 'x'.repeat(1_000_000);
	const failure = describeProblem(
		{ what: 'it is no name', hint: 'Choose one.' },
		{ environment: long, functionName: long },
	);
	expect(JSON.stringify(failure).length).toBeLessThan(1000);
});

describe('a megabyte of anything is read in one go, and not kept', () => {
	const shapes: Array<[string, string]> = [
		['blanks', ' '.repeat(1_000_000)],
		['hints that do not end', 'hint: ['.repeat(150_000)],
		['rids', 'rid: a-'.repeat(150_000)],
		['errors', 'Error: '.repeat(150_000)],
		['words before an error', `${'a'.repeat(1_000_000)}Error`],
		['secret fields', 'access_token = " '.repeat(60_000)],
		['addresses', 'requestIP: :::::'.repeat(60_000)],
		['line breaks', '\n \n'.repeat(300_000)],
		['half characters', '\ud83d'.repeat(1_000_000)],
	];
	test.each(shapes)('%s', (_, errmsg) => {
		for (const errcode of [-504002, -504001, 40164, 12345]) {
			const failure = describe_(errcode, errmsg, ['dummy-secret']);
			expect(failure.message.length).toBeLessThan(400);
			expect(failure.errmsg.length).toBeLessThan(6000);
		}
	});
});

test('a text is never cut in the middle of a character', () => {
	const { message } = describe_(-504002, `Error: ${'x'.repeat(199)}😀😀`);
	expect(message).toBe(`"echo" ran and failed: ${'x'.repeat(199)}….`.replace('….', '…'));
});
