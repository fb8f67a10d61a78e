import { LONGEST_DELAY_SECONDS, SHORTEST_DELAY_SECONDS } from '../../../wechat/invoke/request';
import type { Problem } from '../../../wechat/invoke/target';
import { shorten } from '../../../wechat/outcome/redact';
import { DEFAULT_CALLBACK_FIELD, DEFAULT_CALLBACK_LIMIT_SECONDS } from '../description/options';
import type { NodeInput } from '../input/nodeInput';
import { readAmount, readSwitch, readText } from '../input/optionValues';
import { toError } from '../input/problems';
import { makeAddress, type Address } from './address';

/** How the function gives its result back to the workflow that waits for it. */
export interface Callback extends Address {
	/** Of the request data: it holds the address. */
	field: string;
	limitSeconds: number;
}

const SHORTEST_LIMIT_SECONDS = 60;
const LONGEST_LIMIT_SECONDS = 2_592_000;

/** @throws NodeOperationError that says why the workflow can't wait for a call */
export function readCallback(input: NodeInput, inBatch: boolean): Callback {
	const { context, node, isTool, items, runIndex } = input;
	if (isTool) throw toError(node, NO_TOOL);
	if (items.length > 1 && !inBatch) throw toError(node, describeMany(items.length));
	const field = readText(input, 0, 'options.callbackField') ?? DEFAULT_CALLBACK_FIELD;
	if (inBatch && field === 'items') throw toError(node, TAKEN);
	if (readsCredentialPerItem(input) && readText(input, 0, 'options.downloadFiles') !== undefined) {
		throw toError(node, NO_FILES);
	}
	const limitSeconds = readLimit(input);
	return { field, limitSeconds, ...makeAddress(context, runIndex) };
}

const NO_TOOL: Problem = {
	what: "an AI agent's tool can't wait until a function calls back",
	hint: 'Set Invocation Type to Wait for Result or Run Later.',
};

const TAKEN: Problem = {
	what: 'the Callback Field is "items", where a batch has its items',
	hint: 'Choose another name in the option Callback Field.',
};

/** A call finds no item that the expressions in a credential could look at. */
const NO_FILES: Problem = {
	what: 'the files of a result that comes by a call can not be downloaded with the option Credential per Item',
	hint: 'Remove one of the options Download Files and Credential per Item.',
};

function readsCredentialPerItem({ read }: NodeInput): boolean {
	return readSwitch(read('options.credentialPerItem', 0, false), false);
}

function describeMany(count: number): Problem {
	return {
		what: `there are ${count} items, and the workflow can wait for one call only`,
		hint: 'Set Invoke to Once per Batch to send all items in one call. Or put a Loop Over Items node before this one, with Batch Size 1: then the workflow waits for one item after the other.',
	};
}

function readLimit({ node, read }: NodeInput): number {
	const given = read('callbackLimitSeconds', 0, DEFAULT_CALLBACK_LIMIT_SECONDS);
	const limit = readAmount(given) ?? Number.NaN;
	const isAllowed = limit >= SHORTEST_LIMIT_SECONDS && limit <= LONGEST_LIMIT_SECONDS;
	if (!isAllowed) {
		throw toError(node, {
			what: `the time limit of ${shorten(String(given), 20)} seconds is not one the workflow can wait for`,
			hint: `Enter seconds from ${SHORTEST_LIMIT_SECONDS} to ${LONGEST_LIMIT_SECONDS} (30 days).`,
		});
	}
	const delay = readAmount(read('delaySeconds', 0, SHORTEST_DELAY_SECONDS)) ?? 0;
	if (limit > delay || delay > LONGEST_DELAY_SECONDS) return limit;
	throw toError(node, {
		what: `the time limit of ${limit} seconds ends before the function starts, ${delay} seconds from now`,
		hint: 'Enter a Time Limit that is longer than the Delay by what the function takes, or more.',
	});
}
