import type { Request } from 'express';
import { fail, succeed, type Reply } from './answers';
import { findApp, type App } from './apps';
import { parseObject, readText } from './requestBody';
import type { TokenStore } from './tokenStore';

/** POST /cgi-bin/stable_token */
export function answerStableToken(request: Request, tokens: TokenStore): Reply {
	if (request.method !== 'POST') return { answer: fail(43002) };
	const text = readText(request);
	if (text === '') return { answer: fail(44002) };
	const body = parseObject(text);
	if (!body) return { answer: fail(47001) };
	if (body.grant_type !== 'client_credential') return { answer: fail(40002) };
	if (!body.appid) return { answer: fail(41002) };
	if (!body.secret) return { answer: fail(41004) };
	const app = findApp(body.appid);
	if (!app) return { answer: fail(40013) };

	const { appId } = app;
	if (body.secret !== app.secret) return { appId, answer: fail(40125) };
	const ip = readCallerIp(request);
	if (!isAllowed(app, ip)) return { appId, answer: fail(40164, describeRefusedIp(ip)) };
	const grant = body.force_refresh === true ? tokens.forceRefresh(appId) : tokens.issue(appId);
	return { appId, answer: grant ? succeed(grant) : fail(45009) };
}

/** GET /cgi-bin/get_api_domain_ip: the cheapest call that proves a token. */
export function answerDomainIp(request: Request, tokens: TokenStore): Reply {
	const check = tokens.check(request.query.access_token);
	if ('errcode' in check) return { answer: fail(check.errcode) };
	return { appId: check.appId, answer: succeed({ ip_list: ['127.0.0.1'] }) };
}

function readCallerIp(request: Request): string {
	return (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

function isAllowed(app: App, ip: string): boolean {
	return app.ipWhitelist === undefined || app.ipWhitelist.includes(ip);
}

function describeRefusedIp(ip: string): string {
	return `invalid ip ${ip} ipv6 ::ffff:${ip}, not in whitelist`;
}
