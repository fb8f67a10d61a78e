/** What a customer may choose to authorize; WeChat's auth_type. */
export const ACCOUNT_TYPES = { officialAccount: 1, miniProgram: 2, both: 3 } as const;

export type AccountType = keyof typeof ACCOUNT_TYPES;

/** What a page of WeChat needs to know to let a customer authorize a platform. */
export interface LinkParts {
	componentAppId: string;
	/** Good once, for the page that is opened first. */
	preAuthCode: string;
	/** Where WeChat leads the customer afterwards, with `auth_code` and `expires_in` added. */
	redirectUrl: string;
	accountType: AccountType;
	/** The only account that may be authorized, or ''. */
	authorizerAppId: string;
}

/** The page with a QR code, for a computer; from WeChat's page on the authorization process. */
export function buildAuthorizationUrl(parts: LinkParts): string {
	return `https://mp.weixin.qq.com/cgi-bin/componentloginpage?${buildQuery(parts)}`;
}

/** The page that opens in WeChat on a phone; from the same page of WeChat's. */
export function buildMobileAuthorizationUrl(parts: LinkParts): string {
	const start = 'https://open.weixin.qq.com/wxaopen/safe/bindcomponent';
	return `${start}?action=bindcomponent&no_scan=1&${buildQuery(parts)}#wechat_redirect`;
}

function buildQuery(parts: LinkParts): string {
	const { componentAppId, preAuthCode, redirectUrl, accountType, authorizerAppId } = parts;
	return new URLSearchParams({
		component_appid: componentAppId,
		pre_auth_code: preAuthCode,
		redirect_uri: redirectUrl,
		auth_type: String(ACCOUNT_TYPES[accountType]),
		...(authorizerAppId !== '' && { biz_appid: authorizerAppId }),
	}).toString();
}
