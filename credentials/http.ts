import type { IHttpRequestOptions } from 'n8n-workflow';
import { readRetryAfter, type Answer } from '../wechat/answer/answer';
import { readTransportError } from '../wechat/answer/transportError';
import type { WeChatRequest } from '../wechat/invoke/request';

/** One of n8n's request helpers. It may change the options it is given. */
export type Send = (options: IHttpRequestOptions) => Promise<unknown>;

export interface Outgoing extends WeChatRequest {
	/** The value of an Authorization header, or ''. */
	authorization?: string;
}

interface Reply {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/**
 * n8n's own time limit counts the time in which nothing comes, so an answer that trickles never ends by it.
 * It goes first, as its error tells whether the connection was made.
 */
const GRACE_MS = 250;

/**
 * Sends a request through n8n and reads what came back. Never throws: n8n's own error holds the request
 * with its token and secret, so it goes no further than here.
 * @param address what the path is appended to
 * @param timeoutMs how long to wait for the answer, all of it
 */
export async function sendRequest(
	send: Send,
	address: string,
	{ method, path, query, body, authorization }: Outgoing,
	timeoutMs: number,
): Promise<Answer> {
	const limit = limitTime(timeoutMs + GRACE_MS);
	const options: IHttpRequestOptions = {
		method,
		url: address + path,
		qs: { ...query },
		body,
		headers: {
			...(body !== undefined && { 'Content-Type': 'application/json' }),
			...(authorization && { Authorization: authorization }),
		},
		timeout: timeoutMs,
		abortSignal: limit,
		// The answer as WeChat wrote it: parsed by n8n, a number beyond 2^53 would lose digits.
		encoding: 'text',
		returnFullResponse: true,
		// An errcode decides, not the HTTP status.
		ignoreHttpStatusErrors: true,
		// A redirect would carry the token to another host.
		disableFollowRedirect: true,
	};
	try {
		const reply = (await endAt(limit, send(options))) as Reply;
		return {
			kind: 'answer',
			status: reply.statusCode,
			text: toText(reply.body),
			retryAfterMs: readRetryAfter(reply.headers['retry-after']),
		};
	} catch (error) {
		return limit.aborted ? { kind: 'none', reason: 'timeout' } : readTransportError(error);
	}
}

/** Calls that begin within this time end together, as much later. */
const SHARED_MS = 100;
/** Node.js warns of a leak from eleven listeners on, and each call may have two. */
const SHARED_BY = 5;

let last = { ms: 0, since: -Infinity, calls: 0, signal: AbortSignal.abort() };

/** A signal of its own would cost a call as much time as all else that this package does for it. */
function limitTime(ms: number): AbortSignal {
	const now = performance.now();
	const isOver = now - last.since > SHARED_MS || last.calls >= SHARED_BY || last.signal.aborted;
	if (last.ms !== ms || isOver) {
		last = { ms, since: now, calls: 0, signal: AbortSignal.timeout(ms + SHARED_MS) };
	}
	last.calls += 1;
	return last.signal;
}

/** Where n8n mocks an answer, it may hand over JSON that is parsed already. */
function toText(body: unknown): string {
	return typeof body === 'string' ? body : JSON.stringify(body ?? '');
}

/** What the work comes to, or a rejection once the limit is over, whether or not the work heeds it. */
async function endAt<T>(limit: AbortSignal, work: Promise<T>): Promise<T> {
	let end = () => {};
	const late = new Promise<never>((_, reject) => {
		end = () => reject(limit.reason as Error);
	});
	limit.addEventListener('abort', end);
	return await Promise.race([work, late]).finally(() => limit.removeEventListener('abort', end));
}
