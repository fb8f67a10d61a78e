import { redact } from '../../../wechat/outcome/redact';

test('known secrets are removed wherever they stand, also URL-encoded', () => {
	const text = 'bad dummy+secret/1 in ?t=dummy%2Bsecret%2F1';
	expect(redact(text, ['dummy+secret/1'])).toBe('bad [removed] in ?t=[removed]');
});

test('an empty secret removes nothing', () => {
	expect(redact('plain text', [''])).toBe('plain text');
});

test.each([
	['GET /x?access_token=abc&env=shop', 'GET /x?access_token=[removed]&env=shop'],
	['{"access_token":"abc","errcode":1}', '{"access_token":"[removed]","errcode":1}'],
	['{"secret": "abc"}', '{"secret": "[removed]"}'],
	['authorizer_refresh_token=abc', 'authorizer_refresh_token=[removed]'],
	[
		'invalid credential, access_token is invalid or not latest',
		'invalid credential, access_token is invalid or not latest',
	],
])('%s', (text, expected) => {
	expect(redact(text, [])).toBe(expected);
});
