import { isRecord } from '../../../wechat/answer/answer';
import { parseJson } from '../../../wechat/answer/exactJson';
import type { Problem } from '../../../wechat/invoke/target';
import { describeKind } from './problems';
import { writeJson } from './writeJson';

interface FieldType {
	expected: string;
	hint: string;
	/** undefined for a value that doesn't fit. */
	read(value: unknown): unknown;
}

const BOOLEANS = new Map([
	['true', true],
	['false', false],
	['1', true],
	['0', false],
]);

// n8n's validateFieldType does not serve: it makes 0 of an empty text and of an empty list, and takes the
// text `null` for an object.
const TYPES = new Map<string, FieldType>([
	['string', { expected: 'text', hint: 'Change its type or its value.', read: readText }],
	[
		'number',
		{
			expected: 'a number',
			hint: 'Give it a number, or change its type. Whole numbers of more than 15 digits need the type String.',
			read: readNumber,
		},
	],
	[
		'boolean',
		{
			expected: 'true or false',
			hint: 'Give it true or false, or change its type.',
			read: (value) => (isRecordOrList(value) ? undefined : BOOLEANS.get(toWord(value))),
		},
	],
	[
		'array',
		{
			expected: 'a JSON array',
			hint: 'Write it like [1, "two"], or change its type.',
			read: (value) => readJson(value, Array.isArray),
		},
	],
	[
		'object',
		{
			expected: 'a JSON object',
			hint: 'Write it like { "name": "value" }, or change its type.',
			read: (value) => readJson(value, isRecord),
		},
	],
]);

/** The value as its type wants it, or why it is none of that type. `null` is a value of every type. */
export function readValue(
	name: string,
	value: unknown,
	typeName: string,
): { kind: 'value'; value: unknown } | ({ kind: 'problem' } & Problem) {
	const type = TYPES.get(typeName);
	if (type === undefined) {
		return {
			kind: 'problem',
			what: `the field "${name}" has the type ${typeName}, which can't be sent`,
			hint: `Choose one of the types ${[...TYPES.keys()].join(', ')}.`,
		};
	}
	if (value === null) return { kind: 'value', value };
	const fitting = type.read(toPlain(value));
	if (fitting !== undefined) return { kind: 'value', value: fitting };
	const what =
		typeof value === 'string'
			? `the field "${name}" holds text that is not ${type.expected}`
			: `the field "${name}" holds ${describeKind(value)}, not ${type.expected}`;
	return { kind: 'problem', what, hint: type.hint };
}

/** A Date or a luxon DateTime as ISO text, undefined if it is no valid one. */
function toPlain(value: unknown): unknown {
	if (!isRecord(value) || typeof value.toJSON !== 'function') return value;
	return (value.toJSON() as unknown) ?? undefined;
}

function readText(value: unknown): string | undefined {
	if (typeof value === 'function' || typeof value === 'symbol') return undefined;
	if (!isRecordOrList(value)) return (value as string | undefined)?.toString();
	const json = writeJson({ value });
	return typeof json === 'string' ? JSON.stringify(value) : undefined;
}

function readNumber(value: unknown): number | undefined {
	if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) {
		return undefined;
	}
	const number = Number(value);
	const losesDigits =
		typeof value === 'string' && Number.isInteger(number) && !Number.isSafeInteger(number);
	return Number.isFinite(number) && !losesDigits ? number : undefined;
}

function readJson(value: unknown, fits: (value: unknown) => boolean): unknown {
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	return fits(parsed) ? parsed : undefined;
}

function isRecordOrList(value: unknown): boolean {
	return typeof value === 'object' && value !== null;
}

function toWord(value: unknown): string {
	return String(value).trim().toLowerCase();
}
