import axios, { type AxiosResponse } from 'axios';
import type { Sandbox } from '../../sandbox/server';

export interface Call {
	method?: string;
	query?: Record<string, string>;
	/** Sent as it is when text, else as JSON. */
	body?: unknown;
	headers?: Record<string, string>;
	/** Gives up waiting. */
	signal?: AbortSignal;
}

export const SHOP = { appid: 'wx-sandbox-shop', secret: 'sandbox-dummy-secret' };
export const PROVIDER = {
	component_appid: 'wx-sandbox-provider',
	component_appsecret: 'sandbox-dummy-component',
	component_verify_ticket: 'sandbox-dummy-ticket',
};
export const CUSTOMER_A = {
	authorizer_appid: 'wx-sandbox-customer-a',
	authorizer_refresh_token: 'sandbox-dummy-refresh-a',
};

/** One plain HTTP request, which follows no redirect; resolves whatever the answer is. */
export async function call(
	sandbox: Sandbox,
	path: string,
	{ method = 'POST', query, body, headers, signal }: Call,
): Promise<AxiosResponse> {
	return await axios.request({
		baseURL: sandbox.url,
		url: path,
		method,
		params: query,
		data: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
		headers: { 'content-type': 'application/json', ...headers },
		maxRedirects: 0,
		signal,
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

/** Asks for a function of the shop to run later; `change` makes it something else. */
export async function invokeLater(
	sandbox: Sandbox,
	body: Record<string, unknown> = {},
	change: Call = {},
): Promise<AxiosResponse> {
	const access_token = sandbox.tokens.issue(SHOP.appid);
	return await call(sandbox, '/tcb/adddelayedfunctiontask', {
		query: { access_token },
		body: { env: 'shop-demo', function_name: 'echo', data: '{}', delay_time: 6, ...body },
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

export async function requestComponentToken(
	sandbox: Sandbox,
	change: Record<string, unknown> = {},
): Promise<AxiosResponse> {
	const body = { ...PROVIDER, ...change };
	return await call(sandbox, '/cgi-bin/component/api_component_token', { body });
}

export async function requestAuthorizerToken(
	sandbox: Sandbox,
	change: Record<string, unknown> = {},
	query: Record<string, string> = {
		component_access_token: sandbox.tokens.issue(PROVIDER.component_appid, 'component'),
	},
): Promise<AxiosResponse> {
	const body = { component_appid: PROVIDER.component_appid, ...CUSTOMER_A, ...change };
	return await call(sandbox, '/cgi-bin/component/api_authorizer_token', { query, body });
}

/** What WeChat says about a token; `undefined`: it is good. */
export async function judgeToken(
	sandbox: Sandbox,
	access_token: string,
): Promise<number | undefined> {
	const answer = await call(sandbox, '/cgi-bin/get_api_domain_ip', {
		method: 'GET',
		query: { access_token },
	});
	return answer.data.errcode || undefined;
}

/** Expects an answer of WeChat's with this code, and with this text in its errmsg. */
export async function expectCode(answer: Promise<AxiosResponse>, errcode: number, text: string) {
	const { status, data } = await answer;
	expect(status).toBe(200);
	expect(data).toEqual({ errcode, errmsg: expect.stringMatching(RID) });
	expect(data.errmsg).toContain(text);
}

/** The result of a function, out of the answer it came in. */
export function readResult({ data }: AxiosResponse): unknown {
	return JSON.parse(data.resp_data);
}

export const RID = / rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/;

/** Something that happens once, and that others wait for. */
export function createSignal() {
	let give = () => {};
	const given = new Promise<void>((resolve) => {
		give = resolve;
	});
	return { give, given };
}

/** What a component asks with a good component token of its own; `change` makes it something else. */
export async function askAsComponent(
	sandbox: Sandbox,
	path: string,
	body: Record<string, unknown>,
	change: Call = {},
): Promise<AxiosResponse> {
	const { component_appid } = PROVIDER;
	const component_access_token = sandbox.tokens.issue(component_appid, 'component');
	return await call(sandbox, `/cgi-bin/component/${path}`, {
		query: { component_access_token },
		body: { component_appid, ...body },
		...change,
	});
}
