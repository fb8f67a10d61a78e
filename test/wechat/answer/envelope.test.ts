import { readEnvelope, readReply, type Failed } from '../../../wechat/answer/envelope';
import { readOutcome } from '../../../wechat/outcome/outcome';

const answer = (text: string, status = 200) => ({ kind: 'answer' as const, status, text });

test.each([
	['an errcode as text', '{"errcode":"40164","errmsg":"x"}', 40164],
	['a negative errcode as text', '{"errcode":"-501000"}', -501000],
	['an errcode as text with its sign', '{"errcode":"+0"}', 0],
	['a byte order mark', '\ufeff{"errcode":0}', 0],
	['blanks and a NUL around it', ' \r\n{"errcode":0}\n\0\0', 0],
	['a raw control character', '{"errcode":0,"errmsg":"a\u0003b"}', 0],
	['a raw line break in a text', '{\r\n"errcode":0,"errmsg":"a\n\tb"}', 0],
	['bytes that are no UTF-8', '{"errcode":0,"errmsg":"\ufffd\ufffd"}', 0],
	['an escape cut in two', '{"errcode":0,"errmsg":"\\ud83d\\ude"}', 0],
	['an escape that JSON does not know', '{"errcode":0,"errmsg":"\\x41\\\'"}', 0],
	['an errmsg that is no text', '{"errcode":0,"errmsg":null}', 0],
])('%s does not keep an envelope from being read', (_, text, errcode) => {
	expect(readEnvelope(answer(text))).toMatchObject({ kind: 'envelope', errcode });
});

test('what was asked for is there without an errcode, and nothing else is', () => {
	const granted = answer('{"access_token":"t"}');
	expect(readEnvelope(granted, 'access_token')).toMatchObject({ kind: 'envelope', errcode: 0 });
	expect(readEnvelope(granted, 'info_list').kind).toBe('failed');
	expect(readEnvelope(granted).kind).toBe('failed');
	expect(readOutcome(answer('{"resp_data":"{\\"a\\":1}"}'))).toMatchObject({ result: { a: 1 } });
	expect(readOutcome(answer('{"errcode":null,"resp_data":"1"}'))).toMatchObject({ result: 1 });
});

test.each([
	['{"errcode":"E40"}'],
	['{"errcode":"0x10"}'],
	['{"errcode":[0]}'],
	['{"errcode":true}'],
	['{"errcode":0'],
])('%s is no envelope', (text) => {
	expect(readEnvelope(answer(text), 'resp_data').kind).toBe('failed');
});

test('what a mended text says is kept as far as it can be read', () => {
	const outcome = (resp_data: string) =>
		readOutcome(answer(`{"errcode":0,"errmsg":"ok","resp_data":${JSON.stringify(resp_data)}}`));
	expect(outcome('{"name":"a\u0003b","id":9007199254740993}')).toMatchObject({
		result: { name: 'a\u0003b', id: '9007199254740993' },
	});
	expect(outcome('{"name":"tea \\ud83d\\u","n":1}')).toMatchObject({
		result: { name: 'tea \ud83d\ufffd', n: 1 },
	});
	expect(outcome('\ufeff{"n":1}')).toMatchObject({ result: { n: 1 } });
});

test.each([
	[400, '', 'configuration-invalid', 'no'],
	[403, '<html>blocked</html>', 'configuration-invalid', 'no'],
	[404, 'not found', 'configuration-invalid', 'no'],
	[405, '{}', 'configuration-invalid', 'no'],
	[407, '<html>', 'configuration-invalid', 'no'],
	[408, '', 'temporarily-unavailable', 'no'],
	[413, '', 'configuration-invalid', 'no'],
	[414, '', 'configuration-invalid', 'no'],
	[425, '', 'temporarily-unavailable', 'no'],
	[429, '<html>', 'rate-limited', 'no'],
	[431, '', 'configuration-invalid', 'no'],
	[499, '', 'outcome-unknown', 'maybe'],
	[302, '', 'outcome-unknown', 'maybe'],
	[200, '<html>', 'outcome-unknown', 'maybe'],
	[500, '', 'outcome-unknown', 'maybe'],
	[502, '<html>', 'outcome-unknown', 'maybe'],
	[503, '', 'outcome-unknown', 'maybe'],
	[504, '', 'outcome-unknown', 'maybe'],
])(
	'HTTP %i without an envelope: "%s" is %s, the function ran: %s',
	(status, text, category, ran) => {
		const called = readOutcome(answer(text, status));
		expect(called).toMatchObject({ errcode: null, meaning: { category, ran } });
		const asked = readReply(answer(text, status), { purpose: 'a list' });
		expect(asked).toMatchObject({ kind: 'failed', meaning: { ran: 'no' } });
		const { retryable } = (asked as Failed).meaning;
		expect(retryable).toBe([408, 425, 429].includes(status) || status >= 500);
	},
);

test.each([
	[413, '', /too large/, /less data/],
	[407, '', /proxy/, /proxy settings/],
	[200, '<!DOCTYPE html><html>', /login page of a proxy/, /proxy/],
	[200, '', /but empty/, /API host/],
	[200, '{"data":1}', /JSON of another server/, /API host/],
	[200, '{"errcode":0,"resp_data":"{', /cut off or damaged/, /API host/],
	[
		403,
		'{"code":"INVALID_ENV","message":"Env invalid","requestId":"18a"}',
		/CloudBase's own gateway, which is not WeChat's API/,
		/API hosts of WeChat/,
	],
])('HTTP %i "%s" says what it is', (status, text, what, hint) => {
	const { meaning } = readOutcome(answer(text, status)) as Failed;
	expect(meaning.what).toMatch(what);
	expect(meaning.hint).toMatch(hint);
});

test.each([429, 503])('how long HTTP %i asks to wait goes with every failure', (status) => {
	const busy = { ...answer('', status), retryAfterMs: 7000 };
	expect(readOutcome(busy)).toMatchObject({ retryAfterMs: 7000 });
	expect(readReply(busy, { purpose: 'a token' })).toMatchObject({ retryAfterMs: 7000 });
});
