import type { Failed } from '../../../wechat/answer/envelope';
import { composeSentence } from '../../../wechat/outcome/failure';
import { readTokenAnswer, type TokenGrant } from '../../../wechat/tokens/tokenAnswer';
import { readTokenServerAnswer } from '../../../wechat/tokens/tokenServerAnswer';

const answer = (text: string, status = 200, retryAfterMs?: number) => ({
	kind: 'answer' as const,
	status,
	text,
	...(retryAfterMs !== undefined && { retryAfterMs }),
});
const ask = (text: string, status = 200, path = 'access_token') =>
	readTokenServerAnswer(answer(text, status), path);

test.each([
	['{"access_token":"t","expires_in":100}', 'access_token', 100],
	['{"access_token":"t"}', 'access_token', 7200],
	['{"access_token":" t\\n","expires_in":"60"}', 'access_token', 60],
	['{"data":{"access_token":"t"},"expires_in":100}', 'data.access_token', 100],
	['{"data":{"access_token":"t","expires_in":200},"expires_in":100}', 'data.access_token', 200],
	['{"code":0,"data":"t"}', 'data', 7200],
	['{"errcode":0,"errmsg":"ok","access_token":"t","expires_in":7200000}', 'access_token', 7200],
	['{"access_token":"t","expires_in":0}', 'access_token', 60],
	['{"access_token":"t","expires_in":"soon"}', 'access_token', 7200],
	['\ufeff{"access_token":"t"}', 'access_token', 7200],
	['{"errcode":200,"errmsg":"success","data":{"access_token":"t"}}', 'data.access_token', 7200],
])('%s with the field %s', (text, path, lifetimeSeconds) => {
	const granted = ask(text, 200, path) as TokenGrant;
	expect(granted).toMatchObject({ kind: 'granted', token: 't', lifetimeSeconds });
});

const REFUSAL =
	'"errmsg":"invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1-2"';

test.each([
	['as its answer', `{"errcode":40164,${REFUSAL}}`, 200],
	['as its answer, with an HTTP error', `{"errcode":40164,${REFUSAL}}`, 500],
	['in quotes', `{"errcode":"40164",${REFUSAL}}`, 200],
	['inside its answer', `{"code":-1,"data":{"errcode":40164,${REFUSAL}}}`, 400],
	['deep inside its answer', `{"code":5,"data":{"error":{"errcode":40164,${REFUSAL}}}}`, 200],
	['in a text', `get token failed: {"errcode":40164,${REFUSAL}}`, 500],
	['as a text', JSON.stringify({ code: 5, msg: `{"errcode":40164,${REFUSAL}}` }), 200],
	['beside an old token', `{"access_token":"old","errcode":40164,${REFUSAL}}`, 200],
	['with an empty token', `{"access_token":"","errcode":40164,${REFUSAL}}`, 200],
])(
	"WeChat's refusal that a token server passes on %s is told with its address",
	(_, text, status) => {
		const failed = ask(text, status) as Failed;
		expect(failed).toMatchObject({ errcode: 40164, meaning: { category: 'credential-invalid' } });
		expect(composeSentence(failed)).toMatch(/IP whitelist \(203\.0\.113\.7\)\.$/);
	},
);

test('WeChat itself may put the code in quotes', () => {
	const failed = readTokenAnswer(
		answer(`{"errcode":"40164",${REFUSAL}}`),
		'access_token',
	) as Failed;
	expect(failed.errcode).toBe(40164);
	expect(composeSentence(failed)).toMatch(/\(203\.0\.113\.7\)\.$/);
});

test.each(['', ' ', '\\t\\n', 'please log in'])('"%s" is no token', (token) => {
	expect(ask(`{"access_token":"${token}"}`).kind).toBe('failed');
	const own = readTokenAnswer(answer(`{"access_token":"${token}"}`), 'access_token');
	expect(own.kind).toBe('failed');
});

test.each([408, 425, 429, 500, 502, 503, 504])(
	'HTTP %i of a token endpoint passes: it is tried again, after the wait that was asked for',
	(status) => {
		for (const failed of [
			readTokenAnswer(answer('<html>', status, 3000), 'access_token'),
			readTokenServerAnswer(answer('<html>', status, 3000), 'access_token'),
		]) {
			expect(failed).toMatchObject({
				retryAfterMs: 3000,
				meaning: { category: 'temporarily-unavailable', retryable: true, ran: 'no' },
			});
		}
	},
);

test.each([
	[200, '<html>login</html>'],
	[302, ''],
	[400, ''],
	[401, ''],
	[403, '<html>'],
	[404, ''],
	[407, ''],
])('HTTP %i "%s" of a token endpoint is a matter of the setup', (status, text) => {
	for (const failed of [
		readTokenAnswer(answer(text, status), 'access_token'),
		readTokenServerAnswer(answer(text, status), 'access_token'),
	]) {
		expect(failed).toMatchObject({ kind: 'failed', meaning: { retryable: false, ran: 'no' } });
	}
});

test.each(['timeout', 'unreachable', 'broken', 'stopped'] as const)(
	'no answer of a token endpoint (%s) passes',
	(reason) => {
		for (const failed of [
			readTokenAnswer({ kind: 'none', reason }, 'access_token'),
			readTokenServerAnswer({ kind: 'none', reason }, 'access_token'),
		]) {
			expect(failed).toMatchObject({ meaning: { retryable: true, ran: 'no' } });
		}
	},
);

test('where no token stands the hint names the places that hold a text, never the texts', () => {
	const text = '{"code":0,"data":{"token":"73_dummy","user":"n8n"},"note":"two words"}';
	const { meaning } = ask(text) as Failed;
	expect(meaning.hint).toMatch(/It holds text at: data\.token, data\.user\.$/);
	expect(JSON.stringify(meaning)).not.toContain('73_dummy');
});

test.each(['constructor.name', '__proto__.x', 'data..token', ''])(
	'the field "%s" finds nothing that is not in the answer',
	(path) => expect(ask('{"data":{}}', 200, path).kind).toBe('failed'),
);
