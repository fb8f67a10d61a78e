import type { Branch } from '../../../../nodes/InvokeCloudFunction/output/branches';
import type { ScriptedAnswer } from '../../../engine/scriptedServer';

interface FieldAnswer {
	answer: ScriptedAnswer;
	branch: Branch;
	/** Of the failure, or of the item that a success becomes. */
	shows: Record<string, unknown>;
}

const refuse = (
	errcode: number | string,
	errmsg: string,
	branch: Branch,
	shows = {},
): FieldAnswer => ({
	answer: { body: { errcode, errmsg } },
	branch,
	shows: { errcode: Number(errcode), ...shows },
});
const html = (status: number, branch: Branch, shows = {}): FieldAnswer => ({
	answer: { status, body: '<html><h1>from a proxy</h1></html>' },
	branch,
	shows: { errcode: null, ...shows },
});
const raw = (
	body: string | Buffer,
	branch: Branch,
	shows: Record<string, unknown>,
): FieldAnswer => ({
	answer: { body },
	branch,
	shows,
});
const returned = (
	resp_data: unknown,
	branch: Branch,
	shows: Record<string, unknown>,
): FieldAnswer => ({
	answer: { body: { errcode: 0, errmsg: 'ok', resp_data: JSON.stringify(resp_data) } },
	branch,
	shows,
});

const notRun = { mayHaveRun: false };
const mayHaveRun = { mayHaveRun: true };
const says = (text: string | RegExp) => ({ message: expect.stringMatching(text) });

/** Answers that people were seen to get, by what they are, and what the node makes of each. */
export const FIELD_ANSWERS: Readonly<Record<string, FieldAnswer>> = {
	'unknown environment': refuse(
		-501000,
		'Param Invalid: env check invalid be filterd',
		'Fix Setup',
		{
			...notRun,
			...says('there is no such environment'),
		},
	),
	'the gateway, in new words': refuse(-501000, 'a text nobody knows', 'Fix Setup', {
		...notRun,
		...says('a text nobody knows'),
	}),
	'denied by rules': refuse(-501023, 'PERMISSION_DENIED', 'Fix Setup', notRun),
	'cloud development not opened': refuse(
		-601034,
		'没有权限，请先开通云开发或者云托管',
		'Fix Setup',
		notRun,
	),
	'a gate that is not listed': refuse(49999, 'new', 'Fix Setup', notRun),
	'an address': refuse(45035, 'access clientip is not registered requestIP:1.2.3.4', 'Fix Setup', {
		...notRun,
		...says(/\(1\.2\.3\.4\)/),
	}),
	'component token over': refuse(42006, 'component_access_token expired', 'Fix Setup', notRun),
	'not stable': refuse(89401, 'unstable', 'Try Later', notRun),
	'SDK: failed': refuse(-404011, 'cloud function execution error', 'Function Error'),
	'SDK: no result': refuse(
		-404012,
		'polling exceed max timeout retry',
		'Outcome Unknown',
		mayHaveRun,
	),
	'SDK: too many': refuse(-405015, 'exceed max client request count', 'Try Later', notRun),
	'rate in words': refuse(-501000, 'EXCEED_RATELIMIT', 'Try Later', notRun),
	'time limit in words': refuse(
		-504001,
		'FUNCTIONS_TIME_LIMIT_EXCEEDED',
		'Outcome Unknown',
		mayHaveRun,
	),
	'words of a thrown error': refuse(
		-504002,
		'functions execute fail | errMsg: Error: FUNCTION_NOT_FOUND, EXCEED_RATELIMIT, timed out',
		'Function Error',
		mayHaveRun,
	),
	'no JavaScript error': refuse(
		-504002,
		'functions execute fail | errMsg: exit code 137',
		'Function Error',
		{
			...says('ran and failed: exit code 137'),
		},
	),
	'ended before its first line': refuse(
		-504002,
		"functions execute fail | errMsg: Error: Cannot find module 'wx-server-sdk'",
		'Function Error',
		{ hint: expect.stringMatching(/dependencies/) },
	),
	'errcode in quotes': refuse('45011', 'slower', 'Try Later', notRun),
	'success in quotes': raw('{"errcode":"0","errmsg":"ok","resp_data":"{\\"n\\":1}"}', 'Success', {
		n: 1,
	}),
	'no errcode': raw('{"resp_data":"{\\"n\\":1}"}', 'Success', { n: 1 }),
	'byte order mark': raw('\ufeff{"errcode":0,"resp_data":"{\\"n\\":1}"}', 'Success', { n: 1 }),
	'control character': raw(
		'{"errcode":0,"errmsg":"a\u0003b","resp_data":"{\\"name\\":\\"tea\\u0003\\"}"}',
		'Success',
		{ name: 'tea\u0003' },
	),
	'no UTF-8': raw(
		Buffer.concat([
			Buffer.from('{"errcode":0,"resp_data":"{\\"n\\":1,\\"name\\":\\"'),
			Buffer.from([0xb2, 0xe8, 0xff]),
			Buffer.from('\\"}"}'),
		]),
		'Success',
		{ n: 1 },
	),
	'half an emoji': raw(
		'{"errcode":0,"resp_data":"{\\"n\\":1,\\"name\\":\\"tea \\\\ud83d\\\\u\\"}"}',
		'Success',
		{ n: 1 },
	),
	'a large number': raw('{"errcode":0,"resp_data":"{\\"id\\":9007199254740992}"}', 'Success', {
		id: '9007199254740992',
	}),
	'runtime: time limit': returned(
		{ errorCode: -1, errorMessage: 'Invoking task timed out after 3 seconds', statusCode: 433 },
		'Outcome Unknown',
		mayHaveRun,
	),
	'runtime: thrown': returned(
		{
			errorCode: 1,
			errorMessage: 'user code exception caught',
			stackTrace: 'Error: stock of tea is gone\n at main (/var/user/index.js:3:9)',
			statusCode: 430,
		},
		'Function Error',
		says('ran and failed: stock of tea is gone'),
	),
	'proxy login': html(407, 'Fix Setup', { ...notRun, ...says(/proxy/) }),
	'too large': html(413, 'Fix Setup', { ...notRun, hint: expect.stringMatching(/less data/) }),
	forbidden: html(403, 'Fix Setup', notRun),
	'too many': html(429, 'Try Later', { ...notRun, category: 'rate-limited' }),
	'bad gateway': html(502, 'Outcome Unknown', mayHaveRun),
	unavailable: html(503, 'Outcome Unknown', mayHaveRun),
	'a login page': html(200, 'Outcome Unknown', { ...mayHaveRun, ...says(/login page/) }),
	"CloudBase's own gateway": {
		answer: { status: 400, body: { code: 'INVALID_ENV', message: 'no', requestId: 'a1' } },
		branch: 'Fix Setup',
		shows: { ...notRun, ...says("which is not WeChat's API") },
	},
};
