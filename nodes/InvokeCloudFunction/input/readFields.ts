import type { RequestData } from '../../../wechat/invoke/request';
import { readValue } from './fieldTypes';
import { findCollision, nest, parsePath, type Field } from './fieldPath';
import type { NodeInput } from './nodeInput';
import { describeKind, toError } from './problems';

/** As n8n stores it; the name and the value may come from expressions. */
interface Assignment {
	name?: unknown;
	value?: unknown;
	type?: unknown;
}

/** The request data as the fields of `requestFields` describe it. */
export function readFields(input: NodeInput, itemIndex: number, dotNotation: boolean): RequestData {
	const { node, notes } = input;
	const fields: Field[] = [];
	for (const { name: given, value, type } of readAssignments(input, itemIndex)) {
		const name = readName(input, given);
		const path = parsePath(name, dotNotation);
		if ('what' in path) throw toError(node, path);
		if (value === undefined) {
			notes.withoutValue.set(name, (notes.withoutValue.get(name) ?? 0) + 1);
			continue;
		}
		const read = readValue(name, value, String(type ?? 'string'));
		if (read.kind === 'problem') throw toError(node, read);
		fields.push({ name, path, value: read.value });
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
