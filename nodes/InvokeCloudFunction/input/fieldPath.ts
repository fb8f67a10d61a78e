import { isRecord } from '../../../wechat/answer/answer';
import type { RequestData } from '../../../wechat/invoke/request';
import type { Problem } from '../../../wechat/invoke/target';

/** The way to a value in the request data: names of fields, and numbers for places in a list. */
export type Path = ReadonlyArray<string | number>;

export type ParsedPath = { kind: 'path'; path: Path } | ({ kind: 'problem' } & Problem);

export interface Field {
	name: string;
	path: Path;
	value: unknown;
}

/** A list is built up to here: each place that is left out before it takes room as well. */
const LAST_PLACE = 999;

/** `.name` or `[…]`; in the brackets a place, a name in quotes, or a name. */
const PART = /\.([^.[\]]*)|\[(?:(\d+)|"([^"]*)"|'([^']*)'|([^.[\]"']+))\]/y;
const PLACE = /^(?:0|[1-9]\d*)$/;

/**
 * Reads a name of a field as n8n's Edit Fields does: a dot leads into an object, and a number into a list, as in
 * `items[0].name`.
 * @param dotNotation false takes the name as it is
 */
export function parsePath(name: string, dotNotation: boolean): ParsedPath {
	if (name.trim() === '') {
		return noPath('a field has no name', 'Enter a name for the field, or remove it.');
	}
	if (!dotNotation || !/\.|\[.*\]/.test(name)) return { kind: 'path', path: [name] };
	const path: Array<string | number> = [];
	const text = name.startsWith('[') ? name : `.${name}`;
	PART.lastIndex = 0;
	for (let end = 0; end < text.length; end = PART.lastIndex) {
		PART.lastIndex = end;
		const part = PART.exec(text);
		if (part === null) return describeUnread(name);
		const [, afterDot, place, quoted, singleQuoted, inBrackets] = part;
		const key = afterDot ?? place ?? quoted ?? singleQuoted ?? inBrackets;
		if (key.trim() === '') {
			return noPath(
				`the field name "${name}" has an empty part`,
				`A dot puts a field into another one, so there must be a name before and after it. ${AS_IT_IS}`,
			);
		}
		const isPlace = path.length > 0 && PLACE.test(place ?? afterDot ?? '');
		if (isPlace && Number(key) > LAST_PLACE) {
			return noPath(
				`the field name "${name}" counts further than ${LAST_PLACE}`,
				`A number makes a list. For a field that is called ${key}, write ["${key}"]. ${AS_IT_IS}`,
			);
		}
		path.push(isPlace ? Number(key) : key);
	}
	return { kind: 'path', path };
}

const AS_IT_IS = 'To take the name as it is, turn off the option Dot Notation.';

function describeUnread(name: string): ParsedPath {
	return noPath(
		`the field name "${name}" has brackets that can't be read`,
		`Write a place in a list like items[0].name. ${AS_IT_IS}`,
	);
}

function noPath(what: string, hint: string): ParsedPath {
	return { kind: 'problem', what, hint };
}

/** A field can't be a value and hold other fields, can't have two values, and is no list and object at once. */
export function findCollision(
	fields: ReadonlyArray<Pick<Field, 'name' | 'path'>>,
): Problem | undefined {
	for (const [index, field] of fields.entries()) {
		for (const other of fields.slice(0, index)) {
			const problem = compare(other, field);
			if (problem !== undefined) return problem;
		}
	}
	return undefined;
}

type Named = Pick<Field, 'name' | 'path'>;

function compare(a: Named, b: Named): Problem | undefined {
	const fork = a.path.findIndex((part, i) => part !== b.path[i]);
	const isOver = fork === -1 || fork >= b.path.length;
	if (!isOver && typeof a.path[fork] === typeof b.path[fork]) return undefined;
	if (fork === -1 && a.path.length === b.path.length) {
		return { what: `the field "${b.name}" is there twice`, hint: 'Remove or rename one of them.' };
	}
	return {
		what: `the fields "${a.name}" and "${b.name}" exclude each other`,
		hint: isOver
			? 'A field has a value of its own or holds other fields. Remove or rename one of them.'
			: 'A field holds a list or other fields, not both. Remove or rename one of them.',
	};
}

/** Puts fields that do not collide into one object. */
export function nest(fields: readonly Field[]): RequestData {
	const data = createPlain();
	for (const { path, value } of fields) {
		let holder: Record<string | number, unknown> = data;
		for (const [i, part] of path.slice(0, -1).entries()) {
			holder[part] ??= typeof path[i + 1] === 'number' ? [] : createPlain();
			holder = holder[part] as Record<string | number, unknown>;
		}
		holder[path[path.length - 1]] = value;
	}
	return data;
}

/** What stands at the path; undefined if nothing does. */
export function findAt(data: unknown, path: Path): unknown {
	return path.reduce<unknown>(
		(holder, part) =>
			typeof holder === 'object' && holder !== null && Object.hasOwn(holder, part)
				? (holder as Record<string | number, unknown>)[part]
				: undefined,
		data,
	);
}

/** A copy of the data with this value in it; undefined where a value on the way can't hold it. */
export function putInto<T>(data: T, path: Path, value: unknown): T | undefined {
	const [part, ...deeper] = path;
	if (part === undefined) return value as T;
	const copy = copyHolder(data, part);
	if (copy === undefined) return undefined;
	const inside = putInto(copy[part], deeper, value);
	if (inside === undefined) return undefined;
	copy[part] = inside;
	return copy as T;
}

function copyHolder(
	data: unknown,
	part: string | number,
): Record<string | number, unknown> | undefined {
	const isPlace = typeof part === 'number';
	if (data === undefined) return isPlace ? ([] as never) : createPlain();
	if (Array.isArray(data)) return isPlace ? ([...data] as never) : undefined;
	if (isPlace || !isRecord(data) || 'toJSON' in data) return undefined;
	return Object.assign(createPlain(), data);
}

/** Without a prototype, so that `__proto__` and `constructor` are fields like any other. */
function createPlain(): RequestData {
	return Object.create(null) as RequestData;
}
