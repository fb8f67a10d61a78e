import { composeReason } from '../../../wechat/outcome/failure';
import { readTokenAnswer } from '../../../wechat/tokens/tokenAnswer';
import { readTokenServerAnswer } from '../../../wechat/tokens/tokenServerAnswer';
import type { Failed } from '../../../wechat/answer/envelope';

const answer = (text: string, status = 200) => ({ kind: 'answer' as const, status, text });
const refuse = (errcode: number, errmsg = '') =>
	readTokenAnswer(answer(JSON.stringify({ errcode, errmsg })), 'access_token') as Failed;

test.each([
	[40164, /IP whitelist/, /IP Whitelist/],
	[40125, /AppSecret is wrong/, /Copy the AppSecret/],
	[40243, /AppSecret is frozen/, /Unfreeze it/],
	[50004, /may not request access tokens/, /notice in the WeChat console/],
	[50007, /account is frozen/, /notice in the WeChat console/],
	[61005, /ticket has expired/, /newest ticket/],
	[61023, /refresh token is not valid/, /authorize again/],
	[89503, /administrator must confirm/, /administrator confirms it/],
	[89506, /administrator has refused/, /24 hours/],
	[89507, /administrator has refused/, /1 hour/],
])('%i has its own cause and step', (errcode, cause, step) => {
	const failed = refuse(errcode);
	expect(composeReason(failed)).toMatch(cause);
	expect(failed.meaning.hint).toMatch(step);
	expect(failed.meaning).toMatchObject({ ran: 'no', category: 'credential-invalid' });
});

test('whatever the code says of a function, a request for a token has run none', () => {
	expect(refuse(-1000).meaning.ran).toBe('no');
	expect(refuse(12345).meaning.ran).toBe('no');
});

test('the IP address that WeChat names is told', () => {
	const errmsg = 'invalid ip 116.25.45.231 ipv6 ::ffff:116.25.45.231, not in whitelist rid: 1-2-3';
	expect(composeReason(refuse(40164, errmsg))).toContain('(116.25.45.231)');
});

test.each([
	['timeout', /did not answer the request for a token in time/],
	['unreachable', /could not be reached/],
	['broken', /could not be reached/],
] as const)('no answer of WeChat: %s', (reason, cause) => {
	const failed = readTokenAnswer({ kind: 'none', reason }, 'access_token') as Failed;
	expect(failed.meaning).toMatchObject({ category: 'temporarily-unavailable', ran: 'no' });
	expect(failed.meaning.what).toMatch(cause);
});

test.each([
	['timeout', 'the token server did not answer in time'],
	['unreachable', 'the token server could not be reached'],
] as const)('no answer of a token server: %s', (reason, what) => {
	const failed = readTokenServerAnswer({ kind: 'none', reason }, 'access_token') as Failed;
	expect(failed.meaning).toMatchObject({ what, category: 'temporarily-unavailable' });
});
