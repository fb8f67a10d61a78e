import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_BATCH_SIZE, DEFAULT_CALLBACK_LIMIT_SECONDS, options } from './options';

// Environment and function are neither `required` nor checked by the editor: n8n would refuse to run the
// workflow at all, where a bad name is the error of the items that have it.
export const parameters: INodeProperties[] = [
	{
		displayName: 'Environment',
		name: 'environment',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description:
			'The CloudBase environment that holds the function: the space for functions, data and files that a mini program has in the cloud',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose an environment',
				typeOptions: { searchListMethod: 'searchEnvironments', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. shop-1a2b3c',
				hint: '<a href="https://console.cloud.tencent.com/tcb" target="_blank">CloudBase console</a>, Overview, Environment ID',
			},
		],
	},
	{
		displayName: 'Function',
		name: 'functionName',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description:
			'The cloud function to invoke. Whoever wrote it can tell its name and the fields it takes.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a function',
				typeOptions: { searchListMethod: 'searchFunctions', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. orderTotal',
				hint: '<a href="https://console.cloud.tencent.com/tcb" target="_blank">CloudBase console</a>, Cloud Functions',
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
				name: 'Fields',
				value: 'fields',
				description:
					'The function gets the fields you list. For a list name them items[0].name, items[0].price, items[1].name.',
			},
			{
				name: 'JSON',
				value: 'json',
				description: 'The function gets a JSON object you write',
			},
		],
		default: 'allFields',
		description:
			'The data the function works with. In the code of the function it is the <code>event</code>.',
	},
	{
		displayName: 'Fields',
		name: 'requestFields',
		type: 'assignmentCollection',
		default: {},
		builderHint: {
			propertyHint:
				'One assignment for each field the function takes. Plain references to the input item are the fastest. For a list, name the fields items[0].name, items[1].name, or give one field the type array.',
		},
		description:
			'Drag fields in from the input, or add your own. A dot in a name puts the field into another one, as in customer.name, and a number makes a list, as in items[0].name. A number needs the type Number: String sends text.',
		displayOptions: { show: { requestData: ['fields'] } },
	},
	{
		displayName: 'JSON',
		name: 'requestJson',
		type: 'json',
		default: '{}',
		description:
			'An object as JSON. Put values of the input item in with expressions. For a text with quotes or line breaks, let the expression stringify it.',
		displayOptions: { show: { requestData: ['json'] } },
	},
	{
		displayName: 'Invoke',
		name: 'invoke',
		type: 'options',
		options: [
			{
				name: 'Once per Item',
				value: 'oncePerItem',
				description: 'One call for each item',
			},
			{
				name: 'Once per Batch',
				value: 'oncePerBatch',
				description: 'One call for many items: the function gets { "items": [ … ] }',
			},
		],
		default: 'oncePerItem',
		description: 'Whether each item gets a call of its own, or many items share one',
	},
	{
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_BATCH_SIZE,
		description: 'How many items go into one call at most',
		displayOptions: { show: { invoke: ['oncePerBatch'] }, hide: { invocationType: ['callback'] } },
	},
	{
		displayName: 'Invocation Type',
		name: 'invocationType',
		type: 'options',
		options: [
			{
				name: 'Wait for Result',
				value: 'wait',
				description: 'WeChat runs the function now. It has 5 seconds.',
			},
			{
				name: 'Run Later',
				value: 'later',
				description:
					'WeChat runs the function after a delay. There is no result, and nobody is told if it fails.',
			},
			{
				name: 'Wait for Callback',
				value: 'callback',
				description:
					'WeChat runs the function after a delay, and the workflow waits until the function calls back with its result: minutes, hours, days',
				displayOptions: { hide: { '@tool': [true] } },
			},
		],
		default: 'wait',
		description:
			'Whether to wait for the result of the function, let it run on its own later, or wait until it calls back',
	},
	{
		displayName: 'Delay (Seconds)',
		name: 'delaySeconds',
		type: 'number',
		typeOptions: { minValue: 6, maxValue: 2592000 },
		default: 6,
		description: 'How long WeChat waits before it runs the function: 6 seconds to 30 days',
		displayOptions: { show: { invocationType: ['later', 'callback'] } },
	},
	{
		displayName: 'Time Limit (Seconds)',
		name: 'callbackLimitSeconds',
		type: 'number',
		typeOptions: { minValue: 60, maxValue: 2592000 },
		default: DEFAULT_CALLBACK_LIMIT_SECONDS,
		description:
			'How long the workflow waits for the function to call back: 1 minute to 30 days. After that its items fail, up to a minute late: the function may have run.',
		displayOptions: { show: { invocationType: ['callback'] } },
	},
	{
		displayName:
			'The function gets an address in <b>callbackUrl</b> and POSTs its result there as JSON: <a href="https://github.com/n8n-nodes-wechat-cloud-function/n8n-nodes-wechat-cloud-function/blob/main/docs/long-functions.md" target="_blank">code to paste</a>. WeChat must be able to reach n8n. Set On Error to <b>Continue (using error output)</b>: after the wait nothing can stop the workflow, and with Stop Workflow a failure leaves through Success as { error }.',
		name: 'callbackNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { invocationType: ['callback'] } },
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		displayOptions: { show: { invocationType: ['wait', 'callback'] } },
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'Result',
				value: 'result',
				description: 'What the function returns',
			},
			{
				name: 'Input Fields and Result',
				value: 'inputFieldsAndResult',
				description: 'The fields of the input item, with what the function returns over them',
			},
		],
		default: 'result',
		description:
			'What the items on the success branch hold. Choose Input Fields and Result to know later which order or customer a result belongs to.',
	},
	{
		displayName: 'Error Branches',
		name: 'errorBranches',
		type: 'options',
		builderHint: {
			propertyHint:
				'byCategory gives five outputs: Success, Try Later, Outcome Unknown, Function Error, Fix Setup. Leave On Error at its default with it: a sixth output would stay empty.',
		},
		displayOptions: { hide: { '@tool': [true], invocationType: ['callback'] } },
		noDataExpression: true,
		options: [
			{
				name: 'Single',
				value: 'single',
				description:
					'On Error, in the Settings of the node, decides: stop the workflow, continue, or one output for all failed items',
			},
			{
				name: 'By Category',
				value: 'byCategory',
				description: 'One output for each thing there is to do about a failure',
			},
		],
		default: 'single',
		description:
			'Whether failed items share one output, or leave through one for each thing there is to do about them',
	},
	{
		displayName:
			'Check the connections after switching: what was connected to Error is connected to <b>Try Later</b> now. With On Error set to Continue (using error output), n8n adds a sixth output, Error, that stays empty: set On Error to Stop Workflow in the Settings. Failed items leave by category all the same.',
		name: 'errorBranchesNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: { errorBranches: ['byCategory'] },
			hide: { '@tool': [true], invocationType: ['callback'] },
		},
	},
	options,
];
