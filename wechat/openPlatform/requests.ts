import { buildPost, type WeChatRequest } from '../invoke/request';

/** What WeChat allows for one request. */
export const AUTHORIZERS_AT_ONCE = 500;

/**
 * The request that turns the authorization code of a customer into the customer's refresh token. A code
 * is good once.
 */
export function buildQueryAuthRequest(
	componentAppId: string,
	componentToken: string,
	code: string,
): WeChatRequest {
	return ask('api_query_auth', componentToken, {
		component_appid: componentAppId,
		authorization_code: code,
	});
}

/** The request for the customers of a service provider, the newest refresh token of each among them. */
export function buildAuthorizerListRequest(
	componentAppId: string,
	componentToken: string,
	page: { offset: number; count: number },
): WeChatRequest {
	return ask('api_get_authorizer_list', componentToken, {
		component_appid: componentAppId,
		...page,
	});
}

/** The request for what the page needs on which a customer authorizes the service provider. */
export function buildPreAuthCodeRequest(
	componentAppId: string,
	componentToken: string,
): WeChatRequest {
	return ask('api_create_preauthcode', componentToken, { component_appid: componentAppId });
}

/** The request that makes WeChat push tickets, again or for the first time. It needs no token. */
export function buildStartPushRequest(componentAppId: string, appSecret: string): WeChatRequest {
	return buildPost('/cgi-bin/component/api_start_push_ticket', {
		component_appid: componentAppId,
		component_secret: appSecret,
	});
}

/**
 * An authorization code as WeChat gave it: from an address it may still be URL-encoded,
 * `queryauthcode%40%40%40…`.
 */
export function decodeAuthorizationCode(code: string): string {
	const trimmed = code.trim();
	if (!/%[0-9a-f]{2}/i.test(trimmed)) return trimmed;
	try {
		return decodeAuthorizationCode(decodeURIComponent(trimmed));
	} catch {
		return trimmed;
	}
}

/** Older pages call the token's query field component_access_token, newer ones access_token. */
function ask(name: string, componentToken: string, body: Record<string, unknown>): WeChatRequest {
	const query = { component_access_token: componentToken };
	return { ...buildPost(`/cgi-bin/component/${name}`, body), query };
}
