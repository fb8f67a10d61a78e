import type { INodeProperties } from 'n8n-workflow';
import type { LargeNumbers } from '../../wechat/exactJson';
import { parseSuccessValues, type ResultCheck } from '../../wechat/resultCheck';
import type { NodeInput } from './nodeInput';

const DEFAULT_CONCURRENCY = 5;
const MAX_CONCURRENCY = 50;
export const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_TRIES = 3;
const MAX_TRIES = 10;

/** The rules for one item's invocation. */
export interface Rules {
	timeoutMs: number;
	maxTries: number;
	/** The function may run twice with the same req_data without harm. */
	safeToRepeat: boolean;
	/** Where req_data carries the invocation's id; '' for nowhere. */
	invocationIdField: string;
	resultCheck?: ResultCheck;
	largeNumbers: LargeNumbers;
}

export const options: INodeProperties = {
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
			displayName: 'Credential per Item',
			name: 'credentialPerItem',
			type: 'boolean',
			default: false,
			description:
				'Whether the fields of the credential use expressions on the input item, so that each item is sent with its own',
		},
		{
			displayName: 'Include Input Fields',
			name: 'includeInputFields',
			type: 'boolean',
			default: false,
			description:
				'Whether to put the fields of the input item into the output, with the result over them',
		},
		{
			displayName: 'Invocation ID Field',
			name: 'invocationIdField',
			type: 'string',
			default: '',
			placeholder: 'e.g. invocationId',
			description:
				'A field of the request data for an ID that stays the same over every retry of the same item in the same execution. With it the function can drop what it has already done.',
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
			description: 'What becomes of numbers in a result that JavaScript cannot hold exactly',
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
			default: {},
			placeholder: 'Add check',
			description: 'What the result must hold to count as a success',
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
							description: 'A field of the result, with dots for fields deeper in it',
						},
						{
							displayName: 'Success Values',
							name: 'successValues',
							type: 'string',
							default: '0',
							placeholder: 'e.g. 0,200',
							description: 'Comma-separated. Any other value is a function error.',
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
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_TIMEOUT_MS,
			description:
				'How many milliseconds to wait for an answer. WeChat itself ends the wait for a function after 5 seconds.',
		},
	],
};

export function readRules({ read }: NodeInput, itemIndex: number): Rules {
	const largeNumbers = read('options.largeNumbers', itemIndex, 'string');
	return {
		timeoutMs: Number(read('options.timeout', itemIndex, 0)) || DEFAULT_TIMEOUT_MS,
		maxTries: limit(read('options.maxTries', itemIndex, 0), DEFAULT_MAX_TRIES, MAX_TRIES),
		safeToRepeat: read('options.safeToRepeat', itemIndex, false) === true,
		invocationIdField: String(read('options.invocationIdField', itemIndex, '') ?? '').trim(),
		resultCheck: readResultCheck(read('options.resultCheck.check', itemIndex, {})),
		largeNumbers: largeNumbers === 'number' ? 'number' : 'string',
	};
}

/** The rules for all items of a run. */
export interface RunRules {
	/** Failures leave through outputs of their own. An agent reads none but the first. */
	byCategory: boolean;
	/**
	 * The first failure ends the run. An agent is to read failures and act on them; of an error that is
	 * thrown it gets the message at most, and n8n up to 1.123 ends the agent's run.
	 */
	stopsAtFailure: boolean;
	/** How many calls may be under way at the same time. */
	concurrency: number;
	/** How many calls may start in a second; 0 for no limit. */
	requestsPerSecond: number;
	/** The credential has expressions on the input item. */
	credentialPerItem: boolean;
	/** The input fields go into the output. */
	includeInputFields: boolean;
}

export function readRunRules({ context, node, isTool, read }: NodeInput): RunRules {
	const byCategory = !isTool && read('errorBranches', 0, 'single') === 'byCategory';
	return {
		byCategory,
		stopsAtFailure: isTool
			? node.onError === 'stopWorkflow'
			: !byCategory && !context.continueOnFail(),
		concurrency: limit(read('options.concurrency', 0, 0), DEFAULT_CONCURRENCY, MAX_CONCURRENCY),
		requestsPerSecond: Math.max(Number(read('options.requestsPerSecond', 0, 0)) || 0, 0),
		credentialPerItem: read('options.credentialPerItem', 0, false) === true,
		includeInputFields: read('options.includeInputFields', 0, false) === true,
	};
}

function readResultCheck(given: unknown): ResultCheck | undefined {
	const { field, successValues } = (given ?? {}) as { field?: unknown; successValues?: unknown };
	const path = String(field ?? '').trim();
	if (path === '') return undefined;
	return { field: path, successValues: parseSuccessValues(String(successValues ?? '')) };
}

/** A whole number between 1 and `max`, whatever was typed in. */
function limit(value: unknown, otherwise: number, max: number): number {
	return Math.min(Math.max(Math.trunc(Number(value)) || otherwise, 1), max);
}
