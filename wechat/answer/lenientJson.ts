import { findStringEnd, parseJson } from './exactJson';

/**
 * Reads JSON as it really comes: with a byte order mark, with raw control characters inside a string (in
 * a nickname, for example), or with an escape that was cut in two. undefined if the text is no JSON even so.
 * @param parse reads what is JSON
 */
export function parseLenientJson(text: string, parse: typeof parseJson = parseJson): unknown {
	const parsed = parse(text);
	if (parsed !== undefined) return parsed;
	const mended = mend(text);
	return mended === text ? undefined : parse(mended);
}

/** What may stand before JSON without belonging to it. */
const BEFORE = /^[\0\s]+/;

function mend(text: string): string {
	const from = BEFORE.exec(text)?.[0].length ?? 0;
	let to = text.length;
	while (to > from && text[to - 1] === '\0') to -= 1;
	return mendStrings(text.slice(from, to));
}

function mendStrings(text: string): string {
	const parts: string[] = [];
	let outside = 0;
	let open = text.indexOf('"');
	while (open !== -1) {
		const end = findStringEnd(text, open);
		parts.push(text.slice(outside, open), mendString(text.slice(open, end)));
		outside = end;
		open = text.indexOf('"', outside);
	}
	return parts.join('') + text.slice(outside);
}

const CONTROL_CHARACTER = /\p{Cc}/gu;
/** Every escape; the group holds one that was cut in two. */
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4}|(u[\da-fA-F]{0,3})?)/g;

function mendString(literal: string): string {
	return literal
		.replace(CONTROL_CHARACTER, (control) => JSON.stringify(control).slice(1, -1))
		.replace(ESCAPE, mendEscape);
}

/** What is left of a character that was cut in two is shown as one that can't be read. */
function mendEscape(escape: string, cut: string | undefined): string {
	if (cut !== undefined) return '\ufffd';
	return escape === '\\' ? '\\\\' : escape;
}
