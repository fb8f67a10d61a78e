import type { NodeInput } from './nodeInput';
import { describeKind, nameParameter, toError } from './problems';

/** The text of an option; undefined where it is not set. */
export function readText(input: NodeInput, itemIndex: number, name: string): string | undefined {
	const value = input.read(name, itemIndex, null);
	return isSet(input, name) ? requireText(input, value, nameParameter(name)) : undefined;
}

function isSet({ node }: NodeInput, name: string): boolean {
	const options = node.parameters.options as Record<string, unknown> | undefined;
	return options?.[name.replace('options.', '')] !== undefined;
}

/** What was added is meant: left empty it fails the item, instead of passing it without a word. */
export function requireText({ node }: NodeInput, value: unknown, called: string): string {
	const text = value === undefined || value === null ? '' : value;
	if (typeof text === 'object') {
		throw toError(node, {
			what: `${called} is ${describeKind(text)}, not text`,
			hint: `Give ${called} as text.`,
		});
	}
	const trimmed = String(text).trim();
	if (trimmed !== '') return trimmed;
	throw toError(node, {
		what: `${called} is empty`,
		hint: `Fill in ${called}, or remove the option.`,
	});
}

/** A whole number from 1 to `most`; `otherwise` where the value is none, or less. */
export function readCount(value: unknown, otherwise: number, most: number): number {
	const count = Math.trunc(readAmount(value) ?? 0);
	return count < 1 ? otherwise : Math.min(count, most);
}

/** A number of 0 or more, also as text; undefined for anything else. */
export function readAmount(value: unknown): number | undefined {
	const isText = typeof value === 'string' && value.trim() !== '';
	const amount = isText || typeof value === 'number' ? Number(value) : Number.NaN;
	return Number.isFinite(amount) && amount >= 0 ? amount : undefined;
}

/** Also as text, which an expression may give. */
export function readSwitch(value: unknown, otherwise: boolean): boolean {
	const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (word === true || word === 'true') return true;
	return word === false || word === 'false' ? false : otherwise;
}
