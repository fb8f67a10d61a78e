import { isRecord, type Answer, type NoAnswerReason, type Obstacle } from './answer';

type None = Extract<Answer, { kind: 'none' }>;

/**
 * Reads an HTTP client's error. Only codes and a few known words are used: the rest of it holds tokens
 * and URLs. What can't be told is `broken`: then the request may have been sent.
 */
export function readTransportError(error: unknown): None {
	const signs = collectSigns(error);
	const obstacle = OBSTACLES.find(({ applies }) => signs.some(applies))?.obstacle;
	if (obstacle !== undefined) return { kind: 'none', reason: 'unreachable', obstacle };
	const reason = REASONS.find(({ applies }) => signs.some(applies))?.reason;
	return { kind: 'none', reason: reason ?? 'broken' };
}

/** What one error of a chain tells. */
interface Sign {
	code: string;
	syscall: string;
	name: string;
	/** Its own, and those that n8n keeps beside it, a line each. */
	message: string;
	/** One of several attempts to connect, as to two addresses of one name. */
	isAttempt: boolean;
	isUnsent: boolean;
}

const MOST_ERRORS = 20;

/** The error, its causes, and the errors it holds several of. */
function collectSigns(error: unknown): Sign[] {
	const signs: Sign[] = [];
	const queue = [{ error, isAttempt: false }];
	const seen = new Set<unknown>();
	for (let next = queue.shift(); next && signs.length < MOST_ERRORS; next = queue.shift()) {
		const { error: current, isAttempt } = next;
		if (!isRecord(current) || seen.has(current)) continue;
		seen.add(current);
		signs.push({ ...readSign(current), isAttempt });
		queue.push({ error: current.cause, isAttempt });
		const attempts = Array.isArray(current.errors) ? current.errors.slice(0, MOST_ERRORS) : [];
		queue.push(...attempts.map((attempt: unknown) => ({ error: attempt, isAttempt: true })));
	}
	return signs;
}

function readSign(error: Record<string, unknown>): Omit<Sign, 'isAttempt'> {
	const { code, httpCode, syscall, name, message } = error;
	// n8n before 2.41 wraps a client's error without its cause: its code and message go into these two.
	const messages = [message, ...(Array.isArray(error.messages) ? error.messages.slice(0, 9) : [])];
	return {
		code: [code, httpCode].find((value): value is string => typeof value === 'string') ?? '',
		syscall: typeof syscall === 'string' ? syscall : '',
		name: typeof name === 'string' ? name : '',
		message: messages.map((line) => String(line ?? '').slice(0, 500)).join('\n'),
		isUnsent: isUnsent(error.request),
	};
}

/** Node.js finishes a request once all of it is handed to the system: before, no server can have it. */
function isUnsent(request: unknown): boolean {
	if (!isRecord(request)) return false;
	const own = isRecord(request._currentRequest) ? request._currentRequest : request;
	return typeof own.reusedSocket === 'boolean' && own.writableFinished === false;
}

const CERTIFICATE_CODE =
	/^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|ERROR_IN_CERT|ERROR_IN_CRL|CRL_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH$|INVALID_(?:CA|PURPOSE)$|PATH_LENGTH_EXCEEDED$)/;
const CERTIFICATE_WORDS =
	/unable to (?:get|verify) .{0,40}certificate|self[- ]signed certificate|certificate (?:has expired|is not yet valid)|does not match certificate's altnames|(?:unknown ca|bad certificate|certificate (?:expired|unknown|required))/i;
/** What OpenSSL says of a handshake that failed. After it, other words come. */
const NO_TLS_WORDS =
	/wrong.version.number|unsupported.protocol|protocol.version|handshake.failure|no.protocols.available|unrecognized.name|packet.length.too.long|http.request|no.shared.cipher|no.ciphers.available|unsafe.legacy.renegotiation|dh.key.too.small/i;
const TLS_CODE = /^(?:EPROTO$|ERR_SSL_|ERR_TLS_)/;

const OBSTACLES: ReadonlyArray<{ obstacle: Obstacle; applies(sign: Sign): boolean }> = [
	{
		// n8n 2.12 and later; its errors have no code.
		obstacle: 'guard',
		applies: ({ name, message }) =>
			/^Ssrf/.test(name) || /^The request was blocked because/m.test(message),
	},
	{
		obstacle: 'allowedDomains',
		applies: ({ message }) =>
			/^(?:Domain not allowed:|No allowed domains specified)/m.test(message),
	},
	{
		obstacle: 'certificate',
		applies: ({ code, message }) =>
			CERTIFICATE_CODE.test(code) || (TLS_CODE.test(code) && CERTIFICATE_WORDS.test(message)),
	},
	{
		obstacle: 'noTls',
		applies: ({ code, message }) =>
			TLS_CODE.test(code) && (NO_TLS_WORDS.test(code) || NO_TLS_WORDS.test(message)),
	},
	{
		obstacle: 'badAddress',
		applies: ({ code }) =>
			['ERR_INVALID_URL', 'ERR_INVALID_PROTOCOL', 'ERR_SOCKET_BAD_PORT'].includes(code),
	},
	{
		obstacle: 'badCharacter',
		applies: ({ code }) =>
			['ERR_INVALID_CHAR', 'ERR_HTTP_INVALID_HEADER_VALUE', 'ERR_UNESCAPED_CHARACTERS'].includes(
				code,
			),
	},
];

const STOPPED = new Set(['ERR_CANCELED', 'ABORT_ERR']);
const NEVER_CONNECTED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EHOSTUNREACH',
	'EHOSTDOWN',
	'ENETUNREACH',
	'ENETDOWN',
	'EADDRNOTAVAIL',
	'ERR_SOCKET_CONNECTION_TIMEOUT',
	'ERR_TLS_HANDSHAKE_TIMEOUT',
	'UND_ERR_CONNECT_TIMEOUT',
]);
const CONNECTING = new Set(['connect', 'getaddrinfo', 'bind']);
const TIMED_OUT = new Set([
	'ECONNABORTED',
	'ETIMEDOUT',
	'ESOCKETTIMEDOUT',
	'UND_ERR_HEADERS_TIMEOUT',
	'UND_ERR_BODY_TIMEOUT',
]);
/** The connection, through a proxy or not, was not there yet. */
const NOT_CONNECTED_WORDS =
	/before secure TLS connection was established|tunneling socket could not be established|Proxy connection (?:ended|timed out)|^(?:connect|getaddrinfo) E[A-Z_]+/m;

const REASONS: ReadonlyArray<{ reason: NoAnswerReason; applies(sign: Sign): boolean }> = [
	{ reason: 'stopped', applies: ({ code }) => STOPPED.has(code) },
	{
		reason: 'unreachable',
		applies: ({ code, syscall, message, isAttempt, isUnsent: unsent }) =>
			NEVER_CONNECTED.has(code) ||
			code.startsWith('EAI_') ||
			CONNECTING.has(syscall) ||
			NOT_CONNECTED_WORDS.test(message) ||
			(isAttempt && code !== '') ||
			unsent,
	},
	{ reason: 'timeout', applies: ({ code }) => TIMED_OUT.has(code) },
];
