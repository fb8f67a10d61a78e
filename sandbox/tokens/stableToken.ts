import type { Request } from 'express';
import { fail, succeed, type Reply } from '../http/answers';
import { findApp } from '../accounts/apps';
import { findRefusedIp, readTokenRequest } from '../http/request';
import type { StableTokenStore } from './stableTokenStore';
import type { TokenStore } from './tokenStore';

/** POST /cgi-bin/stable_token */
export function answerStableToken(
	request: Request,
	tokens: TokenStore,
	stableTokens: StableTokenStore,
): Reply {
	if (request.method !== 'POST') return { answer: fail(43002) };
	const body = readTokenRequest(request);
	if (typeof body === 'number') return { answer: fail(body) };
	if (body.grant_type !== 'client_credential') return { answer: fail(40002) };
	if (!body.appid) return { answer: fail(41002) };
	if (!body.secret) return { answer: fail(41004) };
	const app = findApp(body.appid);
	if (!app) return { answer: fail(40013) };

	const { appId } = app;
	if (body.secret !== app.secret) return { appId, answer: fail(40125) };
	const ip = findRefusedIp(request, app.ipWhitelist);
	if (ip) return { appId, answer: fail(40164, describeRefusedIp(ip)) };
	const forced = body.force_refresh === true;
	const token = forced ? stableTokens.forceRefresh(appId) : stableTokens.issue(appId);
	if (!token) return { appId, answer: fail(45009) };
	const expires_in = tokens.countSecondsLeft(token);
	return { appId, answer: succeed({ access_token: token.value, expires_in }) };
}

function describeRefusedIp(ip: string): string {
	return `invalid ip ${ip} ipv6 ::ffff:${ip}, not in whitelist`;
}
