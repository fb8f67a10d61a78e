import { isRecord } from '../answer/answer';
import { shorten } from './redact';

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
	const value = readField(result, field);
	if (value === undefined) return `it has no field "${shorten(field)}"`;
	const text = toText(value);
	if (successValues.includes(text)) return undefined;
	return `it says ${shorten(field)} = ${shorten(text)}`;
}

/** What stands in a result at the end of a dot path, for example `data.code`; undefined if there is nothing. */
export function readField(result: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>(step, result);
}

function step(value: unknown, key: string): unknown {
	const holds = (isRecord(value) || Array.isArray(value)) && Object.hasOwn(value, key);
	return holds ? (value as Record<string, unknown>)[key] : undefined;
}

function toText(value: unknown): string {
	if (typeof value !== 'object') return String(value);
	try {
		return JSON.stringify(value);
	} catch {
		return '(nested too deep to be shown)';
	}
}
