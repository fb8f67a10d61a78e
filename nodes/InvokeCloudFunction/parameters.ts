import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

export const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_CONCURRENCY = 5;
const MAX_CONCURRENCY = 50;

// Environment and function are neither `required` nor checked by the editor: n8n would refuse to run the
// workflow at all, where a bad name is the error of the items that have it.
export const parameters: INodeProperties[] = [
	{
		displayName: 'Environment',
		name: 'environment',
		type: 'resourceLocator',
		default: { mode: 'id', value: '' },
		description: 'The CloudBase environment that holds the function',
		modes: [
			{
				displayName: 'ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. shop-1a2b3c',
				hint: 'CloudBase console, Overview, Environment ID',
			},
		],
	},
	{
		displayName: 'Function',
		name: 'functionName',
		type: 'resourceLocator',
		default: { mode: 'name', value: '' },
		description: 'The cloud function to invoke',
		modes: [
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. orderTotal',
			},
		],
	},
	{
		displayName: 'Request Data',
		name: 'requestData',
		type: 'options',
		options: [
			{
				name: 'All Fields of the Item',
				value: 'allFields',
				description: 'The function gets the whole input item',
			},
			{
				name: 'JSON',
				value: 'json',
				description: 'The function gets a JSON object you write',
			},
		],
		default: 'allFields',
		description: 'What the function gets as its event',
	},
	{
		displayName: 'JSON',
		name: 'requestJson',
		type: 'json',
		default: '{}',
		description: 'A JSON object. Use expressions to put in values of the input item.',
		displayOptions: { show: { requestData: ['json'] } },
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Concurrency',
				name: 'concurrency',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
				default: DEFAULT_CONCURRENCY,
				description: 'How many functions may run at the same time',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: DEFAULT_TIMEOUT_MS,
				description:
					'How many milliseconds to wait for an answer. WeChat itself ends the wait for a function after 5 seconds.',
			},
		],
	},
];

/** How many items may be under way at the same time, whatever was typed in. */
export function readConcurrency(context: IExecuteFunctions): number {
	const value = Number(context.getNodeParameter('options.concurrency', 0, DEFAULT_CONCURRENCY));
	return Math.min(Math.max(Math.trunc(value) || DEFAULT_CONCURRENCY, 1), MAX_CONCURRENCY);
}
