import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { CODES } from '../wechat/codes';
import { API_HOSTS } from '../wechat/hosts';
import { readSettings } from './settings';
import { currentToken, requestToken } from './token';

const fromWeChat = { source: ['wechat'] };

export class WeChatCloudFunctionApi implements ICredentialType {
	name = 'weChatCloudFunctionApi';

	displayName = 'WeChat Cloud Function API';

	icon = {
		light: 'file:../nodes/InvokeCloudFunction/invokeCloudFunction.svg',
		dark: 'file:../nodes/InvokeCloudFunction/invokeCloudFunction.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-wechat-cloud-function/n8n-nodes-wechat-cloud-function#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Token Mode',
			name: 'mode',
			type: 'options',
			options: [
				{
					name: 'Mini Program (access_token)',
					value: 'accessToken',
					description: "The mini program's own App ID and AppSecret",
				},
			],
			default: 'accessToken',
			description: 'Whose token calls the function',
		},
		{
			displayName: 'Token Source',
			name: 'source',
			type: 'options',
			options: [
				{
					name: 'From WeChat',
					value: 'wechat',
					description: 'Requested with the App ID and AppSecret, and kept until it ends',
				},
				{
					name: 'Fixed',
					value: 'fixed',
					description: 'A token you paste in. It ends after two hours at most.',
				},
			],
			default: 'wechat',
			description: 'Where the token comes from',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'wx1234567890abcdef',
			description: 'WeChat console, Development Settings',
			displayOptions: { show: fromWeChat },
		},
		{
			displayName: 'AppSecret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'WeChat console, Development Settings',
			displayOptions: { show: fromWeChat },
		},
		{
			displayName: 'Access Token',
			name: 'fixedToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { source: ['fixed'] } },
		},
		{
			displayName: 'API Host',
			name: 'apiHost',
			type: 'options',
			options: [
				...API_HOSTS.map(({ name, origin }) => ({ name, value: origin })),
				{ name: 'Custom', value: 'custom', description: 'A proxy, or the sandbox of this package' },
			],
			default: 'https://api.weixin.qq.com',
		},
		{
			displayName: 'Custom API Host',
			name: 'customApiHost',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'https://proxy.example.com',
			description: 'An http or https address without a path',
			displayOptions: { show: { apiHost: ['custom'] } },
		},
		{
			displayName: 'Access Token in Use',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{ displayName: 'Valid Until', name: 'validUntil', type: 'hidden', default: '' },
		{ displayName: 'Valid For', name: 'validFor', type: 'hidden', default: '' },
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return await requestToken(this, credentials);
	}

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const access_token = currentToken(credentials, readSettings(credentials));
		return { ...requestOptions, qs: { ...requestOptions.qs, access_token } };
	};

	// The token request tells its own errors. What is left are the errors of a token that WeChat refuses:
	// they come inside an HTTP 200, so each code is a rule, and an answer without ip_list is none of WeChat's.
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.apiHost === "custom" ? $credentials.customApiHost.trim() : $credentials.apiHost }}',
			url: '/cgi-bin/get_api_domain_ip',
		},
		rules: [
			...Object.entries(CODES).map(([code, { what, hint }]) => ({
				type: 'responseSuccessBody' as const,
				properties: {
					key: 'errcode',
					value: Number(code),
					message: `WeChat refused the token: ${what}. ${hint}`,
				},
			})),
			{
				type: 'responseSuccessBody' as const,
				properties: {
					key: 'ip_list',
					value: undefined,
					message: 'The API host did not answer as WeChat does. Check the API host.',
				},
			},
		],
	};
}
