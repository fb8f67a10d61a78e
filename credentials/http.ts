import type { IHttpRequestOptions } from 'n8n-workflow';
import { readTransportError, type Answer } from '../wechat/answer';
import type { WeChatRequest } from '../wechat/request';

/** One of n8n's request helpers. It may change the options it is given. */
export type Send = (options: IHttpRequestOptions) => Promise<unknown>;

/**
 * Sends a request through n8n and reads what came back. Never throws: n8n's own error holds the request
 * with its token and secret, so it goes no further than here.
 * @param timeoutMs how long to wait for the answer
 * @param readError what to make of n8n's error
 */
export async function sendRequest<T = never>(
	send: Send,
	host: string,
	request: WeChatRequest,
	timeoutMs: number,
	readError: (error: unknown) => Answer | T = readTransportError,
): Promise<Answer | T> {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: host + request.path,
		qs: { ...request.query },
		body: request.body,
		headers: { 'Content-Type': 'application/json' },
		timeout: timeoutMs,
		// The answer as WeChat wrote it: parsed by n8n, a number beyond 2^53 would lose digits.
		encoding: 'text',
		returnFullResponse: true,
		// An errcode decides, not the HTTP status.
		ignoreHttpStatusErrors: true,
		// A redirect would carry the token to another host.
		disableFollowRedirect: true,
	};
	try {
		const { statusCode, body } = (await send(options)) as { statusCode: number; body: unknown };
		return { kind: 'answer', status: statusCode, text: String(body ?? '') };
	} catch (error) {
		return readError(error);
	}
}
