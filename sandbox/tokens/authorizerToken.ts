import type { Request } from 'express';
import { fail, succeed, type Reply } from '../http/answers';
import { findApp } from '../accounts/apps';
import type { AuthorizationStore } from '../accounts/authorizationStore';
import { answerComponent } from '../openPlatform/componentRequest';
import type { TokenStore } from './tokenStore';

/** POST /cgi-bin/component/api_authorizer_token */
export function answerAuthorizerToken(
	request: Request,
	tokens: TokenStore,
	authorizations: AuthorizationStore,
): Reply {
	return answerComponent(request, tokens, (componentAppId, body) => {
		if (!body.authorizer_appid) return { appId: componentAppId, answer: fail(41002) };
		const app = findApp(body.authorizer_appid);
		if (!app) return { appId: componentAppId, answer: fail(40013) };

		const { appId } = app;
		const authorization = authorizations.find(componentAppId, appId);
		if (!authorization) return { appId, answer: fail(61003) };
		const refreshToken = authorizations.exchange(authorization, body.authorizer_refresh_token);
		if (!refreshToken) return { appId, answer: fail(61023) };
		return { appId, answer: succeed(createAuthorizerGrant(tokens, appId, refreshToken)) };
	});
}

export function createAuthorizerGrant(tokens: TokenStore, appId: string, refreshToken: string) {
	const token = tokens.create({ kind: 'authorizer', appId });
	return {
		authorizer_access_token: token.value,
		expires_in: tokens.countSecondsLeft(token),
		authorizer_refresh_token: refreshToken,
	};
}
