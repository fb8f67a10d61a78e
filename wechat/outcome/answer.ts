/** What came back over HTTP: an answer with a text, or none. */
export type Answer =
	| { kind: 'answer'; status: number; text: string; retryAfterMs?: number }
	| { kind: 'none'; reason: NoAnswerReason };

/** `unreachable`: the connection was never made, so WeChat can't have seen the request. */
export type NoAnswerReason = 'unreachable' | 'timeout' | 'broken' | 'stopped';

/** Codes of Node.js and OpenSSL that mean the request was not sent. */
const NEVER_CONNECTED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
	'ERR_INVALID_URL',
	'EPROTO',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);
const STOPPED = new Set(['ERR_CANCELED', 'ABORT_ERR']);

/** The value of a Retry-After header in ms: seconds, or an HTTP date. undefined if it is neither. */
export function readRetryAfter(header: unknown, now = Date.now()): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
	return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}

/** Reads an HTTP client's error. Only its code is used: the rest of it holds tokens and URLs. */
export function readTransportError(error: unknown): Answer {
	const { code, syscall } = findSystemError(error);
	return { kind: 'none', reason: classify(code, syscall) };
}

function classify(code: string, syscall: string): NoAnswerReason {
	if (NEVER_CONNECTED.has(code) || syscall === 'connect') return 'unreachable';
	if (TIMED_OUT.has(code)) return 'timeout';
	return STOPPED.has(code) ? 'stopped' : 'broken';
}

/** The code may sit on the error or on one of its causes. */
function findSystemError(error: unknown): { code: string; syscall: string } {
	for (let current = error, depth = 0; depth < 5 && isRecord(current); depth++) {
		if (typeof current.code === 'string') {
			return { code: current.code, syscall: String(current.syscall ?? '') };
		}
		current = current.cause;
	}
	return { code: '', syscall: '' };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
