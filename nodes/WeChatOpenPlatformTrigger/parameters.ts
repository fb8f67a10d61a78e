import type { INodeProperties } from 'n8n-workflow';
import { INFO_TYPES } from '../../wechat/push/infoTypes';

export const parameters: INodeProperties[] = [
	{
		displayName:
			'Enter the Production URL as the authorization event URL of your platform in the WeChat console. Each push holds a secret: switch off the saving of executions in this workflow\'s settings. <a href="https://github.com/n8n-nodes-wechat-cloud-function/n8n-nodes-wechat-cloud-function/blob/main/docs/open-platform.md" target="_blank">How to set it up</a>',
		name: 'setupNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: INFO_TYPES.map(({ infoType, name, description }) => ({
			name: `${name} (${infoType})`,
			value: infoType,
			description,
		})),
		default: [],
		description: 'Which pushes start the workflow',
		hint: 'None chosen: all of them, also those that are not listed here',
	},
	{
		// n8n looks this up by its name: with it, it leaves the body of a request as it came.
		displayName: 'Options',
		name: 'options',
		type: 'hidden',
		default: { binaryData: true },
	},
];
