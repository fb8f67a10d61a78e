/** What came back over HTTP: an answer with a text, or none. */
export type Answer =
	| { kind: 'answer'; status: number; text: string; retryAfterMs?: number }
	| { kind: 'none'; reason: NoAnswerReason; obstacle?: Obstacle };

/** `unreachable`: the connection was never made, so WeChat can't have seen the request. */
export type NoAnswerReason = 'unreachable' | 'timeout' | 'broken' | 'stopped';

/** Why it is `unreachable`, where no further try can change that. */
export type Obstacle =
	| 'certificate'
	| 'noTls'
	| 'badAddress'
	| 'badCharacter'
	| 'guard'
	| 'allowedDomains';

/** The value of a Retry-After header in ms: seconds, or an HTTP date. undefined if it is neither. */
export function readRetryAfter(header: unknown, now = Date.now()): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
	return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
