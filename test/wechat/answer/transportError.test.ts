import { readOutcome } from '../../../wechat/outcome/outcome';
import { readReply } from '../../../wechat/answer/envelope';
import { readTransportError } from '../../../wechat/answer/transportError';

const unsent = { reusedSocket: false, writableFinished: false };
const sent = { reusedSocket: false, writableFinished: true };

test.each([
	['refused', { code: 'ECONNREFUSED' }],
	['no such name', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }],
	['a name server that does not answer', { code: 'EAI_AGAIN' }],
	['no way to it', { code: 'ENETUNREACH' }],
	['its host is down', { code: 'EHOSTDOWN' }],
	['a time-out of the connection', { code: 'ETIMEDOUT', syscall: 'connect' }],
	[
		'the same on its cause',
		{ code: 'ETIMEDOUT', cause: { code: 'ETIMEDOUT', syscall: 'connect' } },
	],
	['the same deeper down', { cause: { cause: { cause: { code: 'ECONNREFUSED' } } } }],
	[
		'two addresses of one name',
		{
			code: 'ETIMEDOUT',
			name: 'AggregateError',
			errors: [{ code: 'ETIMEDOUT' }, { code: 'EPERM' }],
		},
	],
	[
		'the same on its cause',
		{ code: 'ECONNABORTED', cause: { errors: [{ code: 'ETIMEDOUT', syscall: 'connect' }] } },
	],
	[
		'reset before TLS',
		{
			code: 'ECONNRESET',
			message: 'Client network socket disconnected before secure TLS connection was established',
		},
	],
	['a reset while connecting', { code: 'ECONNRESET', syscall: 'connect' }],
	[
		'a proxy without a tunnel',
		{ message: 'tunneling socket could not be established, statusCode=407' },
	],
	['wrapped by an older n8n', { httpCode: 'ECONNREFUSED', message: 'The service refused' }],
	[
		'a time-out of the connection, wrapped by an older n8n',
		{
			httpCode: 'ETIMEDOUT',
			message: 'Try later',
			messages: ['connect ETIMEDOUT 203.0.113.7:443'],
		},
	],
	[
		'reset before TLS, wrapped by an older n8n',
		{
			httpCode: 'ECONNRESET',
			message: 'The connection was closed',
			messages: ['disconnected before secure TLS connection was established'],
		},
	],
	['a time-out with nothing sent', { code: 'ECONNABORTED', request: unsent }],
	['the same with redirects', { code: 'ECONNABORTED', request: { _currentRequest: unsent } }],
	['a break with half of it sent', { cause: { code: 'ECONNRESET', request: unsent } }],
])('%s: nothing was sent, so it is tried again', (_, error) => {
	const answer = readTransportError(error);
	expect(answer).toEqual({ kind: 'none', reason: 'unreachable' });
	expect(readOutcome(answer)).toMatchObject({
		meaning: { category: 'temporarily-unavailable', retryable: true, ran: 'no' },
	});
});

test.each([
	['timeout', { code: 'ETIMEDOUT' }],
	['timeout', { code: 'ETIMEDOUT', syscall: 'read' }],
	['timeout', { code: 'ECONNABORTED', request: sent }],
	['timeout', { code: 'ECONNABORTED', request: { writableFinished: false } }],
	['broken', { code: 'ECONNRESET', request: sent }],
	['broken', { code: 'ECONNRESET', message: 'socket hang up' }],
	['broken', { httpCode: 'ECONNRESET', messages: ['socket hang up'] }],
	['timeout', { httpCode: 'ECONNABORTED', messages: ['timeout of 300ms exceeded'] }],
	['broken', { httpCode: '502', message: 'Bad gateway' }],
	['broken', { code: 'EPIPE' }],
	[
		'broken',
		{ code: 'EPROTO', message: 'write EPROTO error:0A000119:decryption failed or bad record mac' },
	],
	['broken', { code: 'HPE_INVALID_CONSTANT' }],
	['stopped', { code: 'ERR_CANCELED' }],
	['broken', new Error('anything else')],
	['broken', 'text'],
	['broken', undefined],
])('%s: %j may have reached WeChat', (reason, error) => {
	expect(readTransportError(error)).toEqual({ kind: 'none', reason });
	expect(readOutcome({ kind: 'none', reason } as never)).toMatchObject({
		meaning: { category: 'outcome-unknown', ran: 'maybe' },
	});
});

test.each([
	...[
		...[
			'CERT_HAS_EXPIRED',
			'CERT_NOT_YET_VALID',
			'CERT_UNTRUSTED',
			'CERT_REVOKED',
			'CERT_REJECTED',
		],
		...['CERT_SIGNATURE_FAILURE', 'CERT_CHAIN_TOO_LONG', 'ERR_TLS_CERT_ALTNAME_INVALID'],
		...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_GET_CRL'],
		...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SELF_SIGNED_CERT_IN_CHAIN', 'HOSTNAME_MISMATCH'],
		...['DEPTH_ZERO_SELF_SIGNED_CERT', 'INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED'],
		...['ERROR_IN_CERT_NOT_BEFORE_FIELD', 'CRL_HAS_EXPIRED'],
	].map((code): [string, Record<string, unknown>, RegExp] => [
		code,
		{ code: 'ECONNABORTED', cause: { code } },
		/NODE_EXTRA_CA_CERTS.*clock/,
	]),
	[
		'unknown ca',
		{ code: 'EPROTO', message: 'write EPROTO error:0A000418:tlsv1 alert unknown ca' },
		/NODE_EXTRA_CA_CERTS/,
	],
	[
		'a certificate, wrapped by an older n8n',
		{ httpCode: 'DEPTH_ZERO_SELF_SIGNED_CERT', messages: ['self-signed certificate'] },
		/NODE_EXTRA_CA_CERTS/,
	],
	['ERR_SSL_WRONG_VERSION_NUMBER', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, /https or http/],
	[
		'EPROTO of a handshake',
		{
			code: 'EPROTO',
			message: 'write EPROTO 80:error:0A00010B:ssl3_get_record:wrong version number',
		},
		/https or http/,
	],
	['ERR_INVALID_URL', { code: 'ERR_INVALID_URL' }, /API host/],
	['ERR_INVALID_CHAR', { cause: { code: 'ERR_INVALID_CHAR' } }, /Authorization header/],
	['ERR_UNESCAPED_CHARACTERS', { code: 'ERR_UNESCAPED_CHARACTERS' }, /addresses/],
	[
		"n8n's guard of addresses",
		{ message: 'The request was blocked because it resolves to a restricted IP address' },
		/N8N_SSRF/,
	],
	["n8n's guard of names", { cause: { name: 'SsrfBlockedHostnameError' } }, /N8N_SSRF/],
	[
		'the allowed domains',
		{ message: 'Domain not allowed: This credential is restricted from accessing x.' },
		/Allowed HTTP Request Domains/,
	],
])('%s: nothing was sent, and no further try can help', (_, error, hint) => {
	const answer = readTransportError(error);
	for (const failed of [readOutcome(answer), readReply(answer, { purpose: 'a token' })]) {
		expect(failed).toMatchObject({
			meaning: { category: 'configuration-invalid', retryable: false, ran: 'no' },
		});
		expect((failed as { meaning: { hint: string } }).meaning.hint).toMatch(hint);
	}
});

test('a chain that bites its tail, and one of a thousand errors, are read to an end', () => {
	const error: Record<string, unknown> = { code: 'ECONNRESET' };
	error.cause = error;
	expect(readTransportError(error)).toEqual({ kind: 'none', reason: 'broken' });
	const many = { errors: Array.from({ length: 1000 }, () => ({ code: 'ECONNREFUSED' })) };
	expect(readTransportError(many)).toEqual({ kind: 'none', reason: 'unreachable' });
});
