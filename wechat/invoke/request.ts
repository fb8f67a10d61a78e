import type { Target } from './target';

/** An HTTP request to WeChat's API, without the access token: the credential adds it. */
export interface WeChatRequest {
	method: 'GET' | 'POST';
	/** Without the host, for example `/tcb/invokecloudfunction`. */
	path: string;
	query: Record<string, string>;
	/** JSON text. */
	body?: string;
}

export type RequestData = Record<string, unknown>;

/** A request whose fields stand in the body, as JSON. */
export function buildPost(path: string, body: Record<string, unknown>): WeChatRequest {
	return { method: 'POST', path, query: {}, body: JSON.stringify(body) };
}

/**
 * The request of invokeCloudFunction, with the request data as JSON text. `env` and `name` go into the
 * query, and the body is req_data itself: the newest pages list them as body fields, but WeChat's own
 * example and every SDK say query.
 * The body is text, because n8n drops an empty object and WeChat answers 44002 to a missing body.
 */
export function buildInvokeRequest(target: Target, json: string): WeChatRequest {
	return {
		method: 'POST',
		path: '/tcb/invokecloudfunction',
		query: { env: target.environment, name: target.functionName },
		body: json,
	};
}

/** WeChat's limits for adddelayedfunctiontask. */
export const SHORTEST_DELAY_SECONDS = 6;
export const LONGEST_DELAY_SECONDS = 2_592_000;

/**
 * The request that lets WeChat run the function later, past the 5 s in which it waits for a result.
 * Unlike invokeCloudFunction it takes all in the body, and the data as JSON text inside it.
 */
export function buildLaterRequest(
	target: Target,
	json: string,
	delaySeconds: number,
): WeChatRequest {
	return buildPost('/tcb/adddelayedfunctiontask', {
		env: target.environment,
		function_name: target.functionName,
		data: json,
		delay_time: delaySeconds,
	});
}

/** What CloudBase documents for text sent to sibling services; for this one it documents none. */
const SIBLING_LIMIT_BYTES = 100 * 1024;

/** A sentence for the hint of a failed call whose request may have been too large. */
export function warnOfSize({ body }: WeChatRequest): string | undefined {
	const bytes = new TextEncoder().encode(body ?? '').length;
	if (bytes <= SIBLING_LIMIT_BYTES) return undefined;
	return `The request data has ${Math.ceil(bytes / 1024)} kB. WeChat documents no limit here, but 100 kB for similar services: try with less.`;
}
