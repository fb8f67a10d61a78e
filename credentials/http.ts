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
 * @param cancel ends it earlier
 */
export async function sendRequest(
	send: Send,
	address: string,
	{ method, path, query, body, authorization }: Outgoing,
	timeoutMs: number,
	cancel?: AbortSignal,
): Promise<Answer> {
	const ending = new AbortController();
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
		abortSignal: ending.signal,
		// The answer as WeChat wrote it: parsed by n8n, a number beyond 2^53 would lose digits.
		encoding: 'text',
		returnFullResponse: true,
		// An errcode decides, not the HTTP status.
		ignoreHttpStatusErrors: true,
		// A redirect would carry the token to another host.
		disableFollowRedirect: true,
	};
	try {
		const reply = (await endAt(ending, limit, cancel, send(options))) as Reply;
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

/** Where n8n mocks an answer, it may hand over JSON that is parsed already. */
function toText(body: unknown): string {
	return typeof body === 'string' ? body : JSON.stringify(body ?? '');
}

/**
 * What the work comes to, or a rejection once the limit is over, whether or not the work heeds it.
 * @param ending aborts the work
 */
function endAt<T>(
	ending: AbortController,
	limit: AbortSignal,
	cancel: AbortSignal | undefined,
	work: Promise<T>,
): Promise<T> {
	return new Promise((resolve, reject) => {
		const forgetCancel = cancel && whenAborted(cancel, () => ending.abort(cancel.reason));
		const settle =
			<R>(how: (result: R) => void) =>
			(result: R) => {
				forgetLimit();
				forgetCancel?.();
				how(result);
			};
		const fail = settle(reject);
		const forgetLimit = whenAborted(limit, () => {
			ending.abort(limit.reason);
			fail(limit.reason as Error);
		});
		work.then(settle(resolve), fail);
	});
}

/** Calls that begin within this time end together, as much later. */
const SHARED_MS = 100;

let last = { ms: 0, since: -Infinity, signal: AbortSignal.abort() };

/** A signal of its own would cost a call as much time as all else that this package does for it. */
function limitTime(ms: number): AbortSignal {
	const now = performance.now();
	if (last.ms !== ms || now - last.since > SHARED_MS || last.signal.aborted) {
		last = { ms, since: now, signal: AbortSignal.timeout(ms + SHARED_MS) };
	}
	return last.signal;
}

/** What is to be done when a signal aborts, by one listener: from eleven on, Node.js 20 warns of a leak. */
interface Waiting {
	ends: Set<() => void>;
	endAll(): void;
}

const waiting = new WeakMap<AbortSignal, Waiting>();

/**
 * Does something when the signal aborts; at once where it has.
 * @returns what is to be called when that is needed no more
 */
function whenAborted(signal: AbortSignal, end: () => void): () => void {
	if (signal.aborted) {
		end();
		return () => {};
	}
	const { ends, endAll } = waiting.get(signal) ?? listen(signal);
	ends.add(end);
	return () => {
		ends.delete(end);
		if (ends.size > 0) return;
		signal.removeEventListener('abort', endAll);
		waiting.delete(signal);
	};
}

function listen(signal: AbortSignal): Waiting {
	const ends = new Set<() => void>();
	const endAll = () => ends.forEach((end) => end());
	signal.addEventListener('abort', endAll);
	waiting.set(signal, { ends, endAll });
	return { ends, endAll };
}
