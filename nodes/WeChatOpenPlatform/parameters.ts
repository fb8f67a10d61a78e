import type { INodeProperties } from 'n8n-workflow';

export type Operation = 'getAuthorization' | 'getManyAuthorizations' | 'startTicketPushes';

export const parameters: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Get Authorization',
				value: 'getAuthorization',
				action: 'Get an authorization',
				description: "Turn a customer's authorization code into the customer's refresh token",
			},
			{
				name: 'Get Many Authorizations',
				value: 'getManyAuthorizations',
				action: 'Get many authorizations',
				description:
					'Get the customers who have authorized the platform, with their refresh tokens',
			},
			{
				name: 'Start Ticket Pushes',
				value: 'startTicketPushes',
				action: 'Start ticket pushes',
				description: 'Make WeChat push component verify tickets to the platform, again or at first',
			},
		],
		default: 'getAuthorization',
	},
	{
		displayName: 'Authorization Code',
		name: 'authorizationCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.authorizationCode }}',
		description:
			'The code of an "authorized" event of the WeChat Open Platform Trigger. It is good once, for a limited time.',
		displayOptions: { show: { operation: ['getAuthorization'] } },
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: { show: { operation: ['getManyAuthorizations'] } },
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { operation: ['getManyAuthorizations'], returnAll: [false] } },
	},
];
