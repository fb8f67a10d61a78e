import { buildPost, type WeChatRequest } from '../invoke/request';

export interface App {
	appId: string;
	appSecret: string;
}

export interface Component {
	componentAppId: string;
	componentAppSecret: string;
	/** WeChat pushes a new one every 10 minutes; each is good for 12 hours. */
	ticket: string;
}

export interface Authorizer {
	authorizerAppId: string;
	refreshToken: string;
}

/**
 * The request for a mini program's token. stable_token in its normal mode hands out the same token until
 * 5 minutes before its end, so any number of processes may ask; `/cgi-bin/token` would invalidate the
 * token of every other service of the app.
 * @param force invalidates the token in use: 20 times a day, 30 s apart
 */
export function buildStableTokenRequest({ appId, appSecret }: App, force: boolean): WeChatRequest {
	return buildPost('/cgi-bin/stable_token', {
		grant_type: 'client_credential',
		appid: appId,
		secret: appSecret,
		...(force && { force_refresh: true }),
	});
}

/** The request for a service provider's own token, component_access_token. */
export function buildComponentTokenRequest(component: Component): WeChatRequest {
	return buildPost('/cgi-bin/component/api_component_token', {
		component_appid: component.componentAppId,
		component_appsecret: component.componentAppSecret,
		component_verify_ticket: component.ticket,
	});
}

/**
 * The request for a customer's token, authorizer_access_token. Older pages call the query field
 * component_access_token, newer ones access_token; with both it works either way.
 */
export function buildAuthorizerTokenRequest(
	componentAppId: string,
	componentToken: string,
	{ authorizerAppId, refreshToken }: Authorizer,
): WeChatRequest {
	return {
		...buildPost('/cgi-bin/component/api_authorizer_token', {
			component_appid: componentAppId,
			authorizer_appid: authorizerAppId,
			authorizer_refresh_token: refreshToken,
		}),
		query: { component_access_token: componentToken, access_token: componentToken },
	};
}
