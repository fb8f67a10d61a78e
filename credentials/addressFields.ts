import type { INodeProperties } from 'n8n-workflow';
import { API_HOSTS } from '../wechat/hosts';

const TOKEN_SERVER = { source: ['tokenServer'] };

/** Where a token comes from if not from WeChat. */
export const fromElsewhere: INodeProperties[] = [
	{
		displayName: 'Token Server URL',
		name: 'tokenServerUrl',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		placeholder: 'e.g. https://tokens.example.com/wechat',
		description: 'Answers a GET request with JSON that holds the token',
		displayOptions: { show: TOKEN_SERVER },
	},
	{
		displayName: 'Authorization Header',
		name: 'tokenServerAuthorization',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		placeholder: 'e.g. Bearer …',
		description: 'Sent to the token server as it is. Leave empty if it wants none.',
		displayOptions: { show: TOKEN_SERVER },
	},
	{
		displayName: 'Response Field',
		name: 'responseField',
		type: 'string',
		default: 'access_token',
		required: true,
		placeholder: 'e.g. data.access_token',
		description:
			'Where the token stands in the answer. An expires_in (seconds) beside it is honoured.',
		displayOptions: { show: TOKEN_SERVER },
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
];

/** Where the token goes. */
export const apiHost: INodeProperties[] = [
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
		placeholder: 'e.g. https://proxy.example.com',
		description: 'An http or https address without a path',
		displayOptions: { show: { apiHost: ['custom'] } },
	},
];
