/** The shop's mini program of the sandbox, as the fields of a credential. */
export const SHOP_APP = { appId: 'wx-sandbox-shop', appSecret: 'sandbox-dummy-secret' };

/** The service provider of the sandbox, as the fields of a credential. */
export const PROVIDER = {
	componentAppId: 'wx-sandbox-provider',
	componentAppSecret: 'sandbox-dummy-component',
	componentTicketSecret: 'sandbox-dummy-ticket',
};
