import type { INodeProperties } from 'n8n-workflow';
import { apiHost, fromElsewhere } from './addressFields';
import { keptFields } from './keptToken';

const MINI_PROGRAM = { source: ['wechat'], mode: ['accessToken'] };
const PROVIDER = { source: ['wechat'], mode: ['authorizerAccessToken', 'componentAccessToken'] };
const CUSTOMER = { source: ['wechat'], mode: ['authorizerAccessToken'] };

const CONSOLE =
	'<a href="https://mp.weixin.qq.com" target="_blank">WeChat console</a>, Development, Development Settings';

const whose: INodeProperties[] = [
	{
		displayName: 'Token Mode',
		name: 'mode',
		type: 'options',
		options: [
			{
				name: 'Mini Program (access_token)',
				value: 'accessToken',
				description: 'The mini program that owns the functions',
			},
			{
				name: 'Service Provider, for a Customer (authorizer_access_token)',
				value: 'authorizerAccessToken',
				description:
					'General development: functions in the environment of a customer who authorized you',
			},
			{
				name: 'Service Provider, Batch (component_access_token)',
				value: 'componentAccessToken',
				description: 'Batch development: functions in environments of the service provider',
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
				description: 'Requested from WeChat and kept fresh',
			},
			{
				name: 'Token Server',
				value: 'tokenServer',
				description: "Read from your company's own token server and kept fresh",
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
];

const fromWeChat: INodeProperties[] = [
	{
		displayName: 'App ID',
		name: 'appId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. wx1234567890abcdef',
		description: `${CONSOLE}. It begins with wx.`,
		displayOptions: { show: MINI_PROGRAM },
	},
	{
		displayName: 'AppSecret',
		name: 'appSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		description: `${CONSOLE}. Whoever resets it there ends the old one.`,
		displayOptions: { show: MINI_PROGRAM },
	},
	{
		displayName: 'Component App ID',
		name: 'componentAppId',
		type: 'string',
		default: '',
		required: true,
		description: 'WeChat Open Platform, details of the third-party platform',
		displayOptions: { show: PROVIDER },
	},
	{
		displayName: 'Component AppSecret',
		name: 'componentAppSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		description: 'WeChat Open Platform, details of the third-party platform',
		displayOptions: { show: PROVIDER },
	},
	{
		displayName: 'Component Verify Ticket',
		name: 'componentTicketSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		description: 'The newest ticket that WeChat pushed to your platform. It is good for 12 hours.',
		displayOptions: { show: PROVIDER },
	},
	{
		displayName: 'Authorizer App ID',
		name: 'authorizerAppId',
		type: 'string',
		default: '',
		required: true,
		description: "The App ID of the customer's mini program",
		displayOptions: { show: CUSTOMER },
	},
	{
		displayName: 'Authorizer Refresh Token',
		name: 'authorizerRefreshToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		description: 'What your platform got when the customer authorized it',
		displayOptions: { show: CUSTOMER },
	},
];

const whatTestShows: INodeProperties = {
	displayName:
		'Saving tests whether WeChat accepts these settings and the internet address of n8n. It does not show whether cloud development is open, or whether the environment and the function are there: the lists in the node do.',
	name: 'whatTestShows',
	type: 'notice',
	default: '',
};

export const fields: INodeProperties[] = [
	...whose,
	...fromWeChat,
	...fromElsewhere,
	...apiHost,
	whatTestShows,
	...keptFields,
];
