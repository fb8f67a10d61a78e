import { COMPONENTS, type Component } from '../sandbox/accounts/components';
import type { StoredCredential } from '../n8n/commands';

/** Those that the example workflows refer to by their ids. */
export function makeDemoCredentials(sandboxUrl: string): StoredCredential[] {
	const [provider] = COMPONENTS;
	const platform = {
		componentAppId: provider.appId,
		componentAppSecret: provider.secret,
		componentTicketSecret: '={{ $json.ticket }}',
	};
	return [
		invokeCredential('wechatSandboxDemo', 'WeChat Sandbox', sandboxUrl, {
			mode: 'accessToken',
			appId: 'wx-sandbox-shop',
			appSecret: 'sandbox-dummy-secret',
		}),
		invokeCredential('wechatSandboxProvider', 'WeChat Sandbox Provider', sandboxUrl, {
			...platform,
			mode: 'componentAccessToken',
		}),
		invokeCredential('wechatSandboxCustomers', 'WeChat Sandbox Customers', sandboxUrl, {
			...platform,
			mode: 'authorizerAccessToken',
			authorizerAppId: '={{ $json.authorizerAppid }}',
			authorizerRefreshToken: '={{ $json.authorizerRefreshToken }}',
		}),
		makePushCredential(provider),
	];
}

function invokeCredential(
	id: string,
	name: string,
	sandboxUrl: string,
	fields: Record<string, string>,
): StoredCredential {
	const address = { apiHost: 'custom', customApiHost: sandboxUrl };
	const data = { source: 'wechat', ...address, ...fields };
	return { id, name, type: 'weChatCloudFunctionApi', data };
}

function makePushCredential({ appId, verificationToken, encodingAesKey }: Component) {
	return {
		id: 'wechatSandboxPlatform',
		name: 'WeChat Sandbox Platform',
		type: 'weChatOpenPlatformApi',
		data: { componentAppId: appId, verificationToken, encodingAesSecretKey: encodingAesKey },
	};
}
