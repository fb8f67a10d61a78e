import type { RequestData } from '../../../wechat/invoke/request';
import type { Problem } from '../../../wechat/invoke/target';
import { readValue } from './fieldTypes';
import { toError } from './itemError';
import type { NodeInput } from './nodeInput';

/** As n8n stores it; the name and the value may come from expressions. */
interface Assignment {
	name: unknown;
	value: unknown;
	type?: string;
}

interface Field {
	name: string;
	value: unknown;
}

/** The request data as the fields of `requestFields` describe it. */
export function readFields({ node, read }: NodeInput, itemIndex: number): RequestData {
	const given = read('requestFields', itemIndex, {});
	const { assignments = [] } = (given ?? {}) as { assignments?: Assignment[] };
	const fields: Field[] = [];
	for (const assignment of assignments) {
		const name = String(assignment.name ?? '');
		const problem = findNameProblem(name);
		if (problem !== undefined) throw toError(node, problem);
		if (assignment.value === undefined) continue;
		const read = readValue(name, assignment.value, assignment.type ?? 'string');
		if (read.kind === 'problem') throw toError(node, read);
		fields.push({ name, value: read.value });
	}
	const problem = findCollision(fields.map(({ name }) => name));
	if (problem !== undefined) throw toError(node, problem);
	return nest(fields);
}

function findNameProblem(name: string): Problem | undefined {
	if (name.trim() === '') {
		return { what: 'a field has no name', hint: 'Enter a name for the field, or remove it.' };
	}
	if (name.split('.').some((part) => part.trim() === '')) {
		return {
			what: `the field name "${name}" has an empty part`,
			hint: 'A dot puts a field into another one, so there must be a name before and after it.',
		};
	}
	return undefined;
}

/** A field can't be a value and hold other fields, and can't have two values. */
export function findCollision(names: string[]): Problem | undefined {
	for (const [index, name] of names.entries()) {
		const other = names.slice(0, index).find((earlier) => overlap(earlier, name));
		if (other === name) {
			return { what: `the field "${name}" is there twice`, hint: 'Remove or rename one of them.' };
		}
		if (other !== undefined) {
			return {
				what: `the fields "${other}" and "${name}" exclude each other`,
				hint: 'A field has a value of its own or holds other fields. Remove or rename one of them.',
			};
		}
	}
	return undefined;
}

function overlap(a: string, b: string): boolean {
	return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** `customer.name` becomes a field of `customer`. The names must not collide. */
export function nest(fields: Field[]): RequestData {
	const data = createPlain();
	for (const { name, value } of fields) {
		const parts = name.split('.');
		const last = parts.pop() ?? name;
		let holder = data;
		for (const part of parts) {
			holder[part] ??= createPlain();
			holder = holder[part] as RequestData;
		}
		holder[last] = value;
	}
	return data;
}

/** Without a prototype, so that `__proto__` and `constructor` are fields like any other. */
function createPlain(): RequestData {
	return Object.create(null) as RequestData;
}
