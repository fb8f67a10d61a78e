import { redact, shorten } from '../../../wechat/outcome/redact';

test.each([
	['as it is', 'dummy+secret/1'],
	['URL-encoded', 'dummy%2Bsecret%2F1'],
	['URL-encoded in small letters', 'dummy%2bsecret%2f1'],
	['in base64', Buffer.from('dummy+secret/1').toString('base64')],
])('a known secret is removed %s', (_, form) => {
	expect(redact(`bad ${form} in it`, ['dummy+secret/1'])).toBe('bad [removed] in it');
});

test('one with a quote and a blank is removed in JSON, in a form and in base64 for URLs', () => {
	const secret = 'pa"ss wörd>>>???';
	for (const form of [
		JSON.stringify(secret).slice(1, -1),
		new URLSearchParams({ a: secret }).toString().slice(2),
		Buffer.from(secret).toString('base64url'),
	]) {
		expect(redact(`(${form})`, [secret])).toBe('([removed])');
	}
});

test('of secrets that begin alike the longest goes first', () => {
	expect(redact('abcdef and abc', ['abc', 'abcdef'])).toBe('[removed] and [removed]');
});

test('a secret that ends in half a character is no trouble', () => {
	const secret = 'cut \ud83d';
	expect(redact(`a ${secret} b`, [secret])).toBe('a [removed] b');
	expect(redact('cut%20%EF%BF%BD', [secret])).toBe('[removed]');
});

test('an empty secret removes nothing', () => {
	expect(redact('plain text', [''])).toBe('plain text');
});

test.each([
	['GET /x?access_token=abc&env=shop', 'GET /x?access_token=[removed]&env=shop'],
	['{"access_token":"abc","errcode":1}', '{"access_token":"[removed]","errcode":1}'],
	['{\\"access_token\\":\\"abc\\"}', '{\\"access_token\\":\\"[removed]\\"}'],
	['{"secret": "abc"}', '{"secret": "[removed]"}'],
	['authorizer_refresh_token=abc', 'authorizer_refresh_token=[removed]'],
	[
		'invalid credential, access_token is invalid or not latest',
		'invalid credential, access_token is invalid or not latest',
	],
])('%s', (text, expected) => {
	expect(redact(text, [])).toBe(expected);
});

test('a secret where a long text is cut is gone as a whole', () => {
	const secret = 'dummy-secret';
	const text = redact(`${'x'.repeat(4994)}${secret}${'y'.repeat(1_000_000)}`, [secret]);
	expect(text).toBe(`${'x'.repeat(4994)}[remov…`);
});

test('what is shortened keeps its whole characters', () => {
	expect(shorten('abc', 3)).toBe('abc');
	expect(shorten('ab😀', 3)).toBe('ab…');
});
