import { isExpression } from 'n8n-workflow';
import { isRecord } from '../../../wechat/answer/answer';
import { parseJson } from '../../../wechat/answer/exactJson';
import type { RequestData } from '../../../wechat/invoke/request';
import { findCollision, nest, parsePath, type Field } from './fieldPath';
import { readValue } from './fieldTypes';
import type { NodeInput } from './nodeInput';
import { describeKind, toError } from './problems';
import type { Rules } from './rules';

/** What one item gives the function as its event. Binary data is no part of it. */
export function readRequestData(
	input: NodeInput,
	itemIndex: number,
	{ dotNotation }: Rules,
): RequestData {
	const kind = input.read('requestData', itemIndex, 'allFields');
	if (kind === 'allFields') return dropOwnFailure(readWholeItem(input, itemIndex));
	const given =
		kind === 'fields' ? readFields(input, itemIndex, dotNotation) : readJson(input, itemIndex);
	const data = dropOwnFailure(given);
	if (data !== given) input.notes.ownFailure = true;
	return data;
}

function readWholeItem({ node, items }: NodeInput, itemIndex: number): RequestData {
	const json: unknown = items[itemIndex]?.json;
	if (isRecord(json)) return json;
	throw toError(node, {
		what: 'the item has no fields: the node before gave it no json',
		hint: 'Let the node before return items like { "json": { } }.',
	});
}

function readJson({ node, read }: NodeInput, itemIndex: number): RequestData {
	const json = read('requestJson', itemIndex, '{}');
	const isEmpty = typeof json === 'string' && json.trim() === '';
	const { requestJson: raw } = node.parameters;
	if (isExpression(raw) && (isEmpty || json === undefined || json === null)) {
		throw toError(node, {
			what: 'the expression in JSON gives nothing for this item',
			hint: 'Check the name of the field in it. The expression is to give a JSON object.',
		});
	}
	const value = typeof json === 'string' ? parseJson(json) : json;
	if (isRecord(value)) return value;
	if (value === undefined) {
		throw toError(node, {
			what: 'the request data is not valid JSON',
			hint: isExpression(raw) && raw !== json ? CHECK_VALUES : CHECK_TEXT,
		});
	}
	throw toError(node, {
		what: `the request data is ${describeKind(value)}, not a JSON object`,
		hint: 'Put it into an object, for example { "items": [ ] }.',
	});
}

const CHECK_TEXT = 'Check the quotes, commas and brackets of the JSON. Enter {} to send no fields.';
const CHECK_VALUES =
	'Where a value may hold quotes or line breaks, let n8n write it, without quotes around it: { "text": {{ JSON.stringify($json.text) }} }. Else check the quotes, commas and brackets of the JSON.';

/** As n8n stores it; the name and the value may come from expressions. */
interface Assignment {
	name?: unknown;
	value?: unknown;
	type?: unknown;
}

/** The request data as the fields of `requestFields` describe it. */
function readFields(input: NodeInput, itemIndex: number, dotNotation: boolean): RequestData {
	const { node, notes } = input;
	const fields: Field[] = [];
	for (const { name: given, value, type } of readAssignments(input, itemIndex)) {
		const name = readName(input, given);
		const parsed = parsePath(name, dotNotation);
		if (parsed.kind === 'problem') throw toError(node, parsed);
		if (value === undefined) {
			notes.withoutValue.set(name, (notes.withoutValue.get(name) ?? 0) + 1);
			continue;
		}
		const read = readValue(name, value, String(type ?? 'string'));
		if (read.kind === 'problem') throw toError(node, read);
		fields.push({ name, path: parsed.path, value: read.value });
	}
	const problem = findCollision(fields);
	if (problem !== undefined) throw toError(node, problem);
	return nest(fields);
}

/** One by one: n8n would work out each of them for every item, plain references as well. */
function readAssignments({ node, read }: NodeInput, itemIndex: number): Assignment[] {
	const { assignments } = (node.parameters.requestFields ?? {}) as { assignments?: unknown };
	if (!Array.isArray(assignments)) {
		const given = read('requestFields', itemIndex, {}) as { assignments?: unknown } | null;
		return Array.isArray(given?.assignments) ? (given.assignments as Assignment[]) : [];
	}
	return (assignments as Assignment[]).map(({ name, value, type }, i) => ({
		name:
			name === undefined
				? ''
				: read(`requestFields.assignments.${i}.name`, itemIndex, '', {
						called: 'the name of a field',
					}),
		value:
			value === undefined
				? undefined
				: read(`requestFields.assignments.${i}.value`, itemIndex, null, {
						called: `the field "${String(name)}"`,
					}),
		type,
	}));
}

function readName({ node }: NodeInput, given: unknown): string {
	if (typeof given !== 'object' || given === null) return String(given ?? '');
	throw toError(node, {
		what: `the name of a field is ${describeKind(given)}, not text`,
		hint: 'Correct the expression in the name of the field.',
	});
}

type Kind = 'string' | 'number' | 'boolean';

/** The fields of a failure as an item carries it. */
const ALWAYS: Record<string, Kind> = {
	message: 'string',
	errmsg: 'string',
	category: 'string',
	retryable: 'boolean',
	mayHaveRun: 'boolean',
	attempts: 'number',
	hint: 'string',
	environment: 'string',
	function: 'string',
};
const SOMETIMES = new Set(['errcode', 'rid', 'result', 'requestData']);

/**
 * Whether this is the `error` object that this node writes into a failed item. In a loop over the failed items it
 * comes back with them, where it tells of an earlier round. Anybody else's `error` is data.
 */
export function isOwnFailure(value: unknown): boolean {
	if (!isRecord(value)) return false;
	const { errcode } = value;
	return (
		(errcode === null || typeof errcode === 'number') &&
		Object.keys(ALWAYS).every((name) => typeof value[name] === ALWAYS[name]) &&
		Object.keys(value).every((name) => name in ALWAYS || SOMETIMES.has(name))
	);
}

/** The fields of an item, without what this node itself said of it in an earlier round. */
export function dropOwnFailure<T extends Record<string, unknown>>(fields: T): T {
	if (!isOwnFailure(fields.error)) return fields;
	const others = { ...fields };
	delete others.error;
	return others;
}
