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

/**
 * The request of invokeCloudFunction. `env` and `name` go into the query, and the body is req_data itself:
 * the newest pages list them as body fields, but WeChat's own example and every SDK say query.
 * The body is text, because n8n drops an empty object and WeChat answers 44002 to a missing body.
 * @throws TypeError if the request data can't be written as JSON
 */
export function buildInvokeRequest(target: Target, requestData: RequestData): WeChatRequest {
	return {
		method: 'POST',
		path: '/tcb/invokecloudfunction',
		query: { env: target.environment, name: target.functionName },
		body: JSON.stringify(requestData),
	};
}
