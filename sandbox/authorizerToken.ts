import type { Request } from 'express';
import { fail, succeed, type Reply } from './answers';
import { findApp } from './apps';
import { findComponent } from './components';
import type { RefreshTokenStore } from './refreshTokenStore';
import { readTokenRequest } from './requestBody';
import type { TokenStore } from './tokenStore';

/** POST /cgi-bin/component/api_authorizer_token */
export function answerAuthorizerToken(
	request: Request,
	tokens: TokenStore,
	refreshTokens: RefreshTokenStore,
): Reply {
	if (request.method !== 'POST') return { answer: fail(43002) };
	const { component_access_token, access_token } = request.query;
	const check = tokens.check(component_access_token || access_token);
	if ('errcode' in check) return { answer: fail(check.errcode) };
	if (check.kind !== 'component') return { appId: check.appId, answer: fail(61014) };
	const component = { appId: check.appId };

	const body = readTokenRequest(request);
	if (typeof body === 'number') return { ...component, answer: fail(body) };
	if (!body.component_appid) return { ...component, answer: fail(41018) };
	if (body.component_appid !== check.appId) return { ...component, answer: fail(61011) };
	if (!body.authorizer_appid) return { ...component, answer: fail(41002) };
	const app = findApp(body.authorizer_appid);
	if (!app) return { ...component, answer: fail(40013) };

	const { appId } = app;
	const authorizer = findComponent(check.appId)?.authorizers.find((one) => one.appId === appId);
	if (!authorizer) return { appId, answer: fail(61003) };
	const refreshToken = refreshTokens.exchange(authorizer, body.authorizer_refresh_token);
	if (!refreshToken) return { appId, answer: fail(61023) };
	const token = tokens.create({ kind: 'authorizer', appId });
	const grant = {
		authorizer_access_token: token.value,
		expires_in: tokens.countSecondsLeft(token),
		authorizer_refresh_token: refreshToken,
	};
	return { appId, answer: succeed(grant) };
}
