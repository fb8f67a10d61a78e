import { isRecord } from './answer';

/** What a function's result must hold to count as a success. */
export interface ResultCheck {
	/** Dot path into the result, for example `data.code`. */
	field: string;
	/** As text: 0 and "0" are the same. */
	successValues: readonly string[];
}

/** Reads a comma-separated list. */
export function parseSuccessValues(list: string): string[] {
	return list.split(',').map((value) => value.trim());
}

/** Why the result is no success, as the end of a sentence; undefined if it is one. */
export function findComplaint(
	result: unknown,
	{ field, successValues }: ResultCheck,
): string | undefined {
	const value = field.split('.').reduce<unknown>(step, result);
	if (value === undefined) return `its result has no field "${field}"`;
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	if (successValues.includes(text)) return undefined;
	return `its result says ${field} = ${text}`;
}

function step(value: unknown, key: string): unknown {
	const holds = (isRecord(value) || Array.isArray(value)) && Object.hasOwn(value, key);
	return holds ? (value as Record<string, unknown>)[key] : undefined;
}
