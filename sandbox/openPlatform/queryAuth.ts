import type { Request } from 'express';
import { fail, succeed, type Reply } from '../http/answers';
import type { AuthorizationStore } from '../accounts/authorizationStore';
import { createAuthorizerGrant } from '../tokens/authorizerToken';
import { answerComponent } from './componentRequest';
import type { TokenStore } from '../tokens/tokenStore';

/** The sets of permissions that each customer has given: 17 accounts, 18 development, 49 cloud development. */
const PERMISSION_SETS = [17, 18, 49];

/** POST /cgi-bin/component/api_query_auth: what an authorization code stands for, once. */
export function answerQueryAuth(
	request: Request,
	tokens: TokenStore,
	authorizations: AuthorizationStore,
): Reply {
	return answerComponent(request, tokens, (componentAppId, body) => {
		const authorization = authorizations.takeCode(componentAppId, body.authorization_code);
		if (!authorization) return { appId: componentAppId, answer: fail(61010) };
		const { appId, refreshToken } = authorization;
		const authorization_info = {
			authorizer_appid: appId,
			...createAuthorizerGrant(tokens, appId, refreshToken),
			func_info: PERMISSION_SETS.map((id) => ({ funcscope_category: { id } })),
		};
		return { appId, answer: succeed({ authorization_info }) };
	});
}
