import type { ICredentialType, INodeProperties } from 'n8n-workflow';

export class WeChatOpenPlatformApi implements ICredentialType {
	name = 'weChatOpenPlatformApi';

	displayName = 'WeChat Open Platform API';

	icon = {
		light: 'file:../nodes/WeChatOpenPlatformTrigger/weChatOpenPlatformTrigger.svg',
		dark: 'file:../nodes/WeChatOpenPlatformTrigger/weChatOpenPlatformTrigger.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-wechat-cloud-function/n8n-nodes-wechat-cloud-function/blob/main/docs/open-platform.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Component App ID',
			name: 'componentAppId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. wx1234567890abcdef',
			description: 'Of your third-party platform, not of a customer',
		},
		{
			displayName: 'Verification Token',
			name: 'verificationToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'The message verification Token of the WeChat console, with which pushes are signed',
		},
		{
			displayName: 'Encoding AES Key',
			name: 'encodingAesSecretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The message encryption key of the WeChat console: 43 letters and digits',
		},
		{
			displayName: 'Previous Encoding AES Key',
			name: 'previousEncodingAesSecretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The key before the last change, which WeChat goes on using for a while. Leave it empty otherwise.',
		},
	];
}
