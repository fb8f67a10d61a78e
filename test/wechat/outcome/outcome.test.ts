import { describeFailure } from '../../../wechat/outcome/failure';
import { readOutcome } from '../../../wechat/outcome/outcome';
import type { Failed } from '../../../wechat/answer/envelope';

const answer = (envelope: unknown, status = 200) =>
	readOutcome({
		kind: 'answer',
		status,
		text: typeof envelope === 'string' ? envelope : JSON.stringify(envelope),
	});

test.each([
	['a JSON object', '{"a":[1]}', { a: [1] }],
	['JSON null', 'null', null],
	['JSON text', '"x"', 'x'],
	['plain text', 'hello {', 'hello {'],
	['an empty text', '', ''],
	['no string at all, as in the sample on the page', { a: 1 }, { a: 1 }],
	['nothing', undefined, null],
])('resp_data is %s', (_, resp_data, result) => {
	expect(answer({ errcode: 0, errmsg: 'ok', resp_data })).toEqual({
		kind: 'success',
		errmsg: 'ok',
		result,
	});
});

test('the HTTP status decides nothing', () => {
	expect(answer({ errcode: 0, errmsg: 'ok', resp_data: '1' }, 500).kind).toBe('success');
	expect(answer({ errcode: 40014, errmsg: 'invalid' }, 200)).toMatchObject({ errcode: 40014 });
});

test.each([
	['HTML', '<html>', 'HTTP 200: <html>'],
	['nothing', ' ', 'HTTP 200: (empty answer)'],
	['half an answer', '{"errcode":0,"resp', 'HTTP 200: {"errcode":0,"resp'],
	['JSON without errcode', '{"ok":true}', 'HTTP 200: {"ok":true}'],
	['an array', '[]', 'HTTP 200: []'],
	[
		"the page's printed sample",
		'{"errcode":0,"resp_data":"{"a":1}"}',
		'HTTP 200: {"errcode":0,"resp_data":"{"a":1}"}',
	],
])('an answer that is %s leaves the outcome unknown and keeps its text', (_, text, errmsg) => {
	expect(answer(text)).toMatchObject({
		kind: 'failed',
		errcode: null,
		errmsg,
		meaning: { category: 'outcome-unknown', ran: 'maybe' },
	});
});

test('a long text is cut short, but not before a secret in it is removed', () => {
	const secret = 'sandbox-dummy-secret';
	const failed = answer(`${'x'.repeat(180)}${secret}${'y'.repeat(9000)}`) as Failed;
	const target = { environment: 'shop-demo', functionName: 'echo' };
	const { errmsg } = describeFailure(failed, { target, attempts: 1, secrets: [secret] });
	expect(errmsg).toBe(`HTTP 200: ${'x'.repeat(180)}[removed]y…`);
});

test.each([
	[{ errorCode: 1, errorMessage: 'boom' }, 'failed'],
	[{ errorCode: 'E_BAD', errorMessage: 'boom' }, 'failed'],
	[{ errorCode: 0, errorMessage: '' }, 'success'],
	[{ errorMessage: 'a field of somebody' }, 'success'],
	[[{ errorCode: 1, errorMessage: 'boom' }], 'success'],
])('a result %j is a %s', (result, kind) => {
	expect(answer({ errcode: 0, errmsg: 'ok', resp_data: JSON.stringify(result) }).kind).toBe(kind);
});
