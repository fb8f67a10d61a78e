import { createHash } from 'crypto';
import { describeProblem, type Failure } from '../../../wechat/outcome/failure';
import {
	LONGEST_DELAY_SECONDS,
	SHORTEST_DELAY_SECONDS,
	type RequestData,
} from '../../../wechat/invoke/request';
import { findTargetProblem, type Target } from '../../../wechat/invoke/target';
import { shorten } from '../../../wechat/outcome/redact';
import { findAt, parsePath, putInto } from './fieldPath';
import { readOnce, type NodeInput } from './nodeInput';
import { readAmount } from './optionValues';
import { planFiles, putFiles, type OutgoingFile } from './outgoingFiles';
import { describeKind, toError, toProblem } from './problems';
import { readRequestData } from './requestData';
import { readRules, type Rules, type RunRules } from './rules';
import { writeJson } from './writeJson';

/** What one input item asks for. */
export interface ItemRequest {
	kind: 'request';
	target: Target;
	event: RequestData;
	/** The event as it is sent. */
	json: string;
	rules: Rules;
	/** To be put into cloud storage first. */
	files: readonly OutgoingFile[];
	/** Set where WeChat is to run the function later. */
	delaySeconds?: number;
}

/** Reads the parameters for one item, or tells why they make no invocation. Never throws. */
export type ReadItem = (itemIndex: number) => ItemRequest | Failure;

export function openItems(input: NodeInput, runRules: RunRules): ReadItem {
	const { node, notes } = input;
	const { batchSize, callback } = runRules;
	const readItemTarget = readOnce(input, ['environment', 'functionName'], (itemIndex) =>
		readTarget(input, runRules, itemIndex),
	);
	const readItemRules = readOnce(input, ['options', 'simplify'], (itemIndex) =>
		readRules(input, itemIndex),
	);
	const readItemDelay = readOnce(input, ['invocationType', 'delaySeconds'], (itemIndex) =>
		readDelay(input, itemIndex, callback),
	);
	return (itemIndex) => {
		notes.items += 1;
		const aim = readItemTarget(itemIndex);
		if (aim.kind === 'failure') return aim;
		const { target } = aim;
		try {
			const rules = readItemRules(itemIndex);
			const event = makeRoom(input, addInvocationId(input, itemIndex, rules), runRules);
			const json = writeJson(event);
			if (typeof json !== 'string') throw toError(node, json);
			const delaySeconds = readItemDelay(itemIndex);
			if (batchSize === undefined && event.userInfo !== undefined) notes.userInfo = true;
			const files = readFiles(input, itemIndex, rules, event);
			return { kind: 'request', target, event, json, files, rules, delaySeconds };
		} catch (error) {
			return describeProblem(toProblem(error), target);
		}
	};
}

interface Aim {
	kind: 'aim';
	target: Target;
}

/** Never throws. A failure names what could be read of it. */
function readTarget(input: NodeInput, { problem }: RunRules, itemIndex: number): Aim | Failure {
	const target: Target = { environment: '', functionName: '' };
	try {
		target.environment = readName(input, 'environment', 'environment ID', itemIndex);
		target.functionName = readName(input, 'functionName', 'function name', itemIndex);
		const wrong = problem ?? findTargetProblem(target);
		return wrong === undefined ? { kind: 'aim', target } : describeProblem(wrong, target);
	} catch (error) {
		return describeProblem(toProblem(error), target);
	}
}

function readFiles(
	{ items, node, notes, read }: NodeInput,
	itemIndex: number,
	rules: Rules,
	event: RequestData,
): readonly OutgoingFile[] {
	const { filesField } = rules;
	const { binary } = items[itemIndex];
	if (filesField === undefined || binary === undefined) return [];
	const planned = planFiles(binary, String(read('options.filePath', itemIndex, '') ?? '').trim());
	if (planned.kind === 'problem') throw toError(node, planned);
	// Whether they will have a place in the request data is known before they are sent.
	const put = putFiles(event, rules, {});
	if (put.kind === 'problem') throw toError(node, put);
	if (put.replaces) notes.replacedByFiles = filesField;
	return planned.files;
}

/** For the address to call back, which stands beside the fields of an item. */
function makeRoom(
	{ notes }: NodeInput,
	event: RequestData,
	{ batchSize, callback }: Pick<RunRules, 'batchSize' | 'callback'>,
): RequestData {
	if (callback === undefined || batchSize !== undefined) return event;
	if (event[callback.field] === undefined) return event;
	notes.replacedByCallback = callback.field;
	return { ...event, [callback.field]: undefined };
}

function readDelay(
	{ node, read }: NodeInput,
	itemIndex: number,
	callback: RunRules['callback'],
): number | undefined {
	const type = read('invocationType', itemIndex, 'wait');
	if ((type === 'callback') !== (callback !== undefined)) {
		throw toError(node, {
			what: 'Invocation Type is Wait for Callback for some items and not for others',
			hint: 'Let the expression in Invocation Type give the same for all items.',
		});
	}
	if (type !== 'later' && type !== 'callback') return undefined;
	const given = read('delaySeconds', itemIndex, SHORTEST_DELAY_SECONDS);
	const delay = readAmount(given) ?? Number.NaN;
	const isAllowed = delay >= SHORTEST_DELAY_SECONDS && delay <= LONGEST_DELAY_SECONDS;
	if (isAllowed && Number.isInteger(delay)) return delay;
	throw toError(node, {
		what: `the delay of ${shorten(String(given), 20)} seconds is not one WeChat allows`,
		hint: `Enter a whole number of seconds from ${SHORTEST_DELAY_SECONDS} to ${LONGEST_DELAY_SECONDS} (30 days).`,
	});
}

function addInvocationId(input: NodeInput, itemIndex: number, rules: Rules): RequestData {
	const { node, notes } = input;
	const data = readRequestData(input, itemIndex, rules);
	const { invocationIdField: name, dotNotation } = rules;
	if (name === undefined) return data;
	const parsed = parsePath(name, dotNotation);
	if (parsed.kind === 'problem') throw toError(node, parsed);
	const { path } = parsed;
	if (findAt(data, path) !== undefined) notes.replacedByInvocationId = name;
	const withId = putInto(data, path, makeInvocationId(input, itemIndex));
	if (withId !== undefined) return withId;
	throw toError(node, {
		what: `the Invocation ID Field "${name}" lies in a field of the request data that holds no other fields`,
		hint: 'Choose another name in the option Invocation ID Field.',
	});
}

/**
 * The same for the same item of the same execution, over all retries: the node's own, n8n's Retry On Fail,
 * and an execution that is handed to another worker (n8n 2 does not do that by itself).
 */
function makeInvocationId({ context, node, runIndex }: NodeInput, itemIndex: number): string {
	const parts = [context.getExecutionId(), node.id, runIndex, itemIndex];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** More than any ID or name has: the rest would only fill the messages. */
const LONGEST_NAME = 200;

function readName(
	{ node, read }: NodeInput,
	name: string,
	called: string,
	itemIndex: number,
): string {
	const value = read(name, itemIndex, '', { extractValue: true }) ?? '';
	if (typeof value === 'object') {
		throw toError(node, {
			what: `the ${called} is ${describeKind(value)}, not text`,
			hint: `Give the ${called} as text.`,
		});
	}
	const text = String(value).trim();
	if (text.length <= LONGEST_NAME) return text;
	throw toError(node, {
		what: `the ${called} has ${text.length} characters`,
		hint: `Check the value: it begins with "${text.slice(0, 50)}".`,
	});
}
