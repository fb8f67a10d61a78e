import axios, { type AxiosResponse } from 'axios';
import type { Sandbox } from '../../sandbox/server';

export interface Call {
	method?: string;
	query?: Record<string, string>;
	/** Sent as it is when text, else as JSON. */
	body?: unknown;
	headers?: Record<string, string>;
}

export const SHOP = { appid: 'wx-sandbox-shop', secret: 'sandbox-dummy-secret' };

/** One plain HTTP request; resolves whatever the answer is. */
export async function call(
	sandbox: Sandbox,
	path: string,
	{ method = 'POST', query, body, headers }: Call,
): Promise<AxiosResponse> {
	return await axios.request({
		baseURL: sandbox.url,
		url: path,
		method,
		params: query,
		data: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
		headers: { 'content-type': 'application/json', ...headers },
		validateStatus: () => true,
	});
}

/** A good invocation of a function of the shop; `change` makes it something else. */
export async function invoke(
	sandbox: Sandbox,
	name: string,
	body: unknown,
	change: Call = {},
): Promise<AxiosResponse> {
	const access_token = sandbox.tokens.issue(SHOP.appid);
	return await call(sandbox, '/tcb/invokecloudfunction', {
		query: { access_token, env: 'shop-demo', name },
		body,
		...change,
	});
}

export async function requestToken(
	sandbox: Sandbox,
	change: Record<string, unknown> = {},
): Promise<AxiosResponse> {
	const body = { grant_type: 'client_credential', ...SHOP, ...change };
	return await call(sandbox, '/cgi-bin/stable_token', { body });
}

/** The result of a function, out of the answer it came in. */
export function readResult({ data }: AxiosResponse): unknown {
	return JSON.parse(data.resp_data);
}

export const RID = / rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/;
