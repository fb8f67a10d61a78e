/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { setTimeout as wait } from 'node:timers/promises';

/** What an account is reached by. */
export interface Account {
	/** Such as https://api.weixin.qq.com. */
	host: string;
	appId: string;
	appSecret: string;
	environment: string;
	functionName: string;
}

/** One answer, as it came. */
export interface LiveAnswer {
	status: number;
	/** null where the answer has none. */
	errcode: number | null;
	errmsg: string;
	/** The fields of the JSON; empty where it is none. */
	fields: Record<string, unknown>;
	elapsedMs: number;
}

/** Speaks to WeChat by hand, as the facts are about WeChat and not about this package. */
export interface Client {
	account: Account;
	call(path: string, query: Record<string, string>, body: string): Promise<LiveAnswer>;
	invoke(event: unknown, functionName?: string, environment?: string): Promise<LiveAnswer>;
	/** The same client at another host, with the same token. */
	at(host: string): Client;
	wait(ms: number): Promise<void>;
	/** Removes whatever is secret, and whatever tells whose account it is. */
	redact(text: string): string;
}

const TIMEOUT_MS = 20_000;

/** @throws Error with what WeChat says, if it gives no token */
export async function openClient(account: Account): Promise<Client> {
	const asked = await post(
		`${account.host}/cgi-bin/stable_token`,
		JSON.stringify({
			grant_type: 'client_credential',
			appid: account.appId,
			secret: account.appSecret,
		}),
	);
	const token = asked.fields.access_token;
	if (typeof token !== 'string') {
		throw new Error(
			`WeChat gave no token: ${asked.errcode ?? `HTTP ${asked.status}`} ${asked.errmsg}`,
		);
	}
	return makeClient(account, token);
}

function makeClient(account: Account, token: string): Client {
	const { host, appId, appSecret, environment, functionName } = account;
	const client: Client = {
		account,
		async call(path, query, body) {
			const search = new URLSearchParams({ access_token: token, ...query });
			return await post(`${host}${path}?${search.toString()}`, body);
		},
		async invoke(event, name = functionName, env = environment) {
			const body = typeof event === 'string' ? event : JSON.stringify(event);
			return await client.call('/tcb/invokecloudfunction', { env, name }, body);
		},
		at: (otherHost) => makeClient({ ...account, host: otherHost }, token),
		wait: async (ms) => await wait(ms),
		redact: (text) =>
			[token, appSecret, appId, environment]
				.reduce((rest, secret) => rest.replaceAll(secret, '[removed]'), text)
				.replace(/\brid:? ?[0-9a-f-]{20,}/g, '')
				.replace(/\b\d{1,3}(\.\d{1,3}){3}\b/g, '[address]')
				.trim(),
	};
	return client;
}

async function post(url: string, body: string): Promise<LiveAnswer> {
	const startedAt = performance.now();
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body,
		redirect: 'manual',
		signal: AbortSignal.timeout(TIMEOUT_MS),
	});
	const fields = parseFields(await response.text());
	return {
		status: response.status,
		errcode: typeof fields.errcode === 'number' ? fields.errcode : null,
		errmsg: typeof fields.errmsg === 'string' ? fields.errmsg : '',
		fields,
		elapsedMs: Math.round(performance.now() - startedAt),
	};
}

function parseFields(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? { ...value } : {};
	} catch {
		return {};
	}
}
