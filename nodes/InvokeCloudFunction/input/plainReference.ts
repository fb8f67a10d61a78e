import { isRecord } from '../../../wechat/answer/answer';

/** The way from an input item's json to a value in it: names of fields, and places in lists. */
export type Reference = ReadonlyArray<string | number>;

/** n8n is to work out the value: it might differ from what a plain look at the item gives. */
export const UNSURE = Symbol('unsure');

const NAME = '[\\p{ID_Start}$_][\\p{ID_Continue}$]*';
const STEP = `\\.${NAME}|\\["[^"\\\\{}\\r\\n\\u2028\\u2029]*"\\]|\\['[^'\\\\{}\\r\\n\\u2028\\u2029]*'\\]|\\[(?:0|[1-9]\\d{0,8})\\]`;
const PLAIN_REFERENCE = new RegExp(`^=\\{\\{\\s*\\$json((?:${STEP})*)\\s*\\}\\}$`, 'u');

/** Deeper values are left to n8n, whatever they hold. */
const DEEPEST = 64;

/**
 * What dragging a field from the input writes, such as `={{ $json.order.items[0]["unit price"] }}`; undefined
 * for any other expression.
 */
export function parseReference(expression: unknown): Reference | undefined {
	if (typeof expression !== 'string') return undefined;
	const steps = PLAIN_REFERENCE.exec(expression)?.[1];
	if (steps === undefined) return undefined;
	const reference = (steps.match(new RegExp(STEP, 'gu')) ?? []).map(readStep);
	return reference.every(isHarmless) ? reference : undefined;
}

function readStep(step: string): string | number {
	if (step.startsWith('.')) return step.slice(1);
	const inside = step.slice(1, -1);
	return /^\d/.test(inside) ? Number(inside) : inside.slice(1, -1);
}

/**
 * The value that n8n's evaluation of the reference gives for this item, read from the item itself: one
 * evaluation costs n8n up to a millisecond. UNSURE wherever the two could differ.
 */
export function followReference(reference: Reference, json: unknown): unknown {
	let value = json;
	if (!isPlainRecord(json)) return UNSURE;
	for (const step of reference) {
		if (value === undefined || value === null) return undefined;
		if (typeof step === 'string' && isPlainRecord(value) && !Object.hasOwn(value, step)) {
			return undefined;
		}
		if (!holds(value, step)) return UNSURE;
		value = (value as Record<string | number, unknown>)[step];
	}
	return value === undefined || isPlain(value, 0) ? value : UNSURE;
}

function holds(value: unknown, step: string | number): boolean {
	const isHolder = typeof step === 'number' ? Array.isArray(value) : isPlainRecord(value);
	return isHolder && Object.hasOwn(value as object, step);
}

/** What JSON can hold, and nothing that n8n's engines see in another way than the item holds it. */
function isPlain(value: unknown, depth: number): boolean {
	if (typeof value === 'number') return Number.isFinite(value);
	if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
	if (value === null) return true;
	if (depth === DEEPEST) return false;
	if (Array.isArray(value)) return value.every((element) => isPlain(element, depth + 1));
	return (
		isPlainRecord(value) &&
		Object.keys(value).every((name) => isHarmless(name) && isPlain(value[name], depth + 1))
	);
}

function isPlainRecord(value: unknown): value is Record<string, unknown> {
	if (!isRecord(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}

/** Names n8n's expressions refuse, besides those that every object has. */
const REFUSED = new Set([
	'$',
	'prototype',
	'getPrototypeOf',
	'setPrototypeOf',
	'getOwnPropertyDescriptor',
	'getOwnPropertyDescriptors',
	'defineProperty',
	'defineProperties',
	'mainModule',
	'binding',
	'prepareStackTrace',
	'caller',
	'callee',
	'arguments',
	'getBuiltinModule',
	'dlopen',
	'execve',
	'loadEnvFile',
]);

function isHarmless(name: string | number): boolean {
	if (typeof name === 'number') return true;
	return !name.startsWith('_') && !(name in Object.prototype) && !REFUSED.has(name);
}
