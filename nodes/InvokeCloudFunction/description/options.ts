import type { INodeProperties } from 'n8n-workflow';

export const DEFAULT_BATCH_SIZE = 50;
export const DEFAULT_CONCURRENCY = 5;
export const MAX_CONCURRENCY = 50;
export const DEFAULT_TIMEOUT_MS = 10_000;
export const DEFAULT_MAX_TRIES = 3;
export const MAX_TRIES = 10;
export const DEFAULT_LIMIT_WAIT_SECONDS = 300;
export const DEFAULT_FILES_FIELD = 'files';
export const DEFAULT_CALLBACK_FIELD = 'callbackUrl';
export const DEFAULT_CALLBACK_LIMIT_SECONDS = 3600;

export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Callback Field',
			name: 'callbackField',
			type: 'string',
			default: DEFAULT_CALLBACK_FIELD,
			description: 'The field of the request data that holds the address to call back',
			displayOptions: { show: { '/invocationType': ['callback'] } },
		},
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
			default: DEFAULT_CONCURRENCY,
			description:
				'How many calls may be under way at the same time. 1 sends one item after the other, in order.',
		},
		{
			displayName: 'Credential per Item',
			name: 'credentialPerItem',
			type: 'boolean',
			default: false,
			description:
				'Whether the fields of the credential use expressions on the input item, so that each item is sent with the account it names. For service providers with many customers.',
		},
		{
			displayName: 'Dot Notation',
			name: 'dotNotation',
			type: 'boolean',
			default: true,
			description:
				'Whether a dot in the name of a field puts it into another one, as in customer.name, and a number makes a list, as in items[0].name. Turn it off for names such as "No. 1".',
			displayOptions: { show: { '/requestData': ['fields'] } },
		},
		{
			displayName: 'Download Files',
			name: 'downloadFiles',
			type: 'string',
			default: '',
			placeholder: 'e.g. report, invoice.pdf',
			description:
				'Fields of the result that hold a file ID, comma-separated, with dots for fields deeper in it. Each file becomes binary data of the output item.',
			displayOptions: { hide: { '/invocationType': ['later'] } },
		},
		{
			displayName: 'File Path',
			name: 'filePath',
			type: 'string',
			default: '',
			placeholder: 'e.g. orders/{{ $json.orderNumber }}/',
			description:
				'Where the files go in cloud storage. A path that ends with "/" is a folder, in which each file gets a place of its own. Empty: the folder n8n/. Files with the same path replace each other.',
			displayOptions: { show: { sendFiles: [true] } },
		},
		{
			displayName: 'Files Field',
			name: 'filesField',
			type: 'string',
			default: DEFAULT_FILES_FIELD,
			description: 'The field of the request data that tells the function which files were sent',
			displayOptions: { show: { sendFiles: [true] } },
		},
		{
			displayName: 'Include Input Fields',
			name: 'includeInputFields',
			type: 'boolean',
			default: false,
			description:
				'Whether to put the fields of the input item into the output, with the result over them. The parameter Output does the same.',
			// Only where a saved workflow has it: the parameter Output has taken its place.
			displayOptions: { show: { includeInputFields: [true] } },
		},
		{
			displayName: 'Invocation ID Field',
			name: 'invocationIdField',
			type: 'string',
			default: '',
			placeholder: 'e.g. invocationId',
			description:
				'A field of the request data for an ID that stays the same over every retry of the same item in the same execution. With it the function can drop what it has already done. A dot puts it into another field.',
		},
		{
			displayName: 'Large Numbers',
			name: 'largeNumbers',
			type: 'options',
			options: [
				{
					name: 'As Text',
					value: 'string',
					description: 'Every digit is kept: 9007199254740993 becomes "9007199254740993"',
				},
				{
					name: 'As Numbers',
					value: 'number',
					description: 'The digits are rounded: 9007199254740993 becomes 9007199254740992',
				},
			],
			default: 'string',
			description:
				'What becomes of long numbers in a result, such as order numbers of 17 digits or more',
		},
		{
			displayName: 'Max Tries',
			name: 'maxTries',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_TRIES },
			default: DEFAULT_MAX_TRIES,
			description:
				'How often a call is made in all where WeChat is busy, limits the rate or cannot be reached. A call that may have run the function is not repeated.',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'How many calls may start in a second, for functions or quotas that take no more. 0 for no limit.',
		},
		{
			displayName: 'Result Check',
			name: 'resultCheck',
			type: 'fixedCollection',
			// Else n8n drops an option that was added and left without a check.
			typeOptions: { multipleValues: false },
			default: {},
			placeholder: 'Add check',
			description:
				'What the result must hold to count as a success, for functions that report errors in their result',
			options: [
				{
					displayName: 'Check',
					name: 'check',
					values: [
						{
							displayName: 'Field',
							name: 'field',
							type: 'string',
							default: '',
							placeholder: 'e.g. code',
							description:
								'A field of the result, such as code or status. Dots lead deeper: data.code.',
						},
						{
							displayName: 'Success Values',
							name: 'successValues',
							type: 'string',
							default: '0',
							placeholder: 'e.g. 0,200 or imported,skipped',
							description:
								'The values that mean success, comma-separated: numbers such as 0, or texts such as imported,skipped. Any other value is a function error.',
						},
					],
				},
			],
		},
		{
			displayName: 'Safe to Repeat',
			name: 'safeToRepeat',
			type: 'boolean',
			default: false,
			description:
				'Whether the function may run twice with the same request data without harm. Then calls whose outcome is unknown are tried again as well.',
		},
		{
			displayName: 'Send Files',
			name: 'sendFiles',
			type: 'boolean',
			default: false,
			description:
				"Whether to put the binary data of the item into the environment's cloud storage. The function gets the file IDs.",
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
		{
			displayName: 'Wait for Limits',
			name: 'waitForLimits',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: DEFAULT_LIMIT_WAIT_SECONDS,
			description:
				'How many seconds an item may wait, in all, while WeChat or the environment takes no more calls. With 0 such a refusal counts as a try.',
		},
	],
};
