import { isObject } from '../http/request';

/** What a field of an instruction accepts, and the words that say so. */
export interface FieldRule {
	accepts: (value: unknown) => boolean;
	is: string;
}

export const TEXT: FieldRule = { accepts: (value) => typeof value === 'string', is: 'text' };
export const TRUE: FieldRule = { accepts: (value) => value === true, is: 'true' };
export const OBJECT: FieldRule = { accepts: isObject, is: 'an object' };
export const WHOLE: FieldRule = { accepts: Number.isInteger, is: 'a whole number' };

/** A whole number of something, from `least` on. */
export function count(unit: string, least = 0): FieldRule {
	const is = `a whole number${unit && ` of ${unit}`}${least > 0 ? `, ${least} or more` : ''}`;
	return { accepts: (value) => Number.isInteger(value) && Number(value) >= least, is };
}

/** The instruction, or the sentence that says what is wrong with it; `name` is its subject. */
export function readFields<T extends object>(
	instruction: unknown,
	name: string,
	rules: Readonly<Record<keyof T & string, FieldRule>>,
): T | string {
	if (!isObject(instruction)) return `${name} must be an object with an instruction`;
	for (const [field, value] of Object.entries(instruction)) {
		const rule = Object.hasOwn(rules, field) ? rules[field as keyof T & string] : undefined;
		if (!rule) return `${name}.${field} is not an instruction`;
		if (!rule.accepts(value)) return `${name}.${field} must be ${rule.is}`;
	}
	return instruction as T;
}
