/** How a number that JavaScript can't hold exactly comes out: as its digits in a text, or rounded. */
export type LargeNumbers = 'string' | 'number';

/** Up to 15 digits survive in a double, and an exponent of two digits keeps them in its range. */
const SAFE_LENGTH = 15;
const SAFE_EXPONENT_LENGTH = 2;

const EXPONENT_MARK = /\d[eE][+-]?$/;
/** Everything a number can be made of, so that no part of something else passes for a number. */
const NUMBER_CHARACTERS = /[-+.\deE]*/y;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const WHOLE = /^-?(?:0|[1-9]\d*)$/;
const KEY_MARK = /[ \t\n\r]*:/y;

/** undefined if the text is no JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/**
 * Like parseJson, but some numbers are the text of their literal: a whole one beyond ±(2^53 - 1), always,
 * so that a column of ids holds one type, and any that would not come back as the same decimal value.
 * 9007199254740992 is "9007199254740992", and 1e400 is "1e400".
 */
export function parseExactJson(text: string): unknown {
	const suspect = findSuspect(text, 0);
	return parseJson(suspect === -1 ? text : quoteInexactNumbers(text, suspect));
}

/** Turns such literals into strings. What was no JSON before is none afterwards. */
function quoteInexactNumbers(text: string, firstSuspect: number): string {
	let result = '';
	let copied = 0;
	let outside = 0;
	let quote = text.indexOf('"');
	let suspect = firstSuspect;
	for (; suspect !== -1; suspect = findSuspect(text, outside)) {
		while (quote !== -1 && quote < suspect) {
			outside = findStringEnd(text, quote);
			quote = text.indexOf('"', outside);
		}
		if (outside > suspect) continue;
		const start = findStart(text, suspect, outside);
		const end = matchEnd(NUMBER_CHARACTERS, text, start);
		const literal = text.slice(start, end);
		// A number before a colon is an error, which a string there would hide.
		const isNumber = JSON_NUMBER.test(literal) && matchEnd(KEY_MARK, text, end) === end;
		if (isNumber && !survives(literal)) {
			result += `${text.slice(copied, start)}"${literal}"`;
			copied = end;
		}
		outside = end;
	}
	return result + text.slice(copied);
}

/**
 * Where the next digits are that a number may not hold, in a string or not; -1 if there are none.
 * Such digits hold three in a row, so that a look at every third character finds them.
 */
function findSuspect(text: string, from: number): number {
	let index = from + SAFE_EXPONENT_LENGTH;
	while (index < text.length) {
		const start = findDigitsStart(text, index, from);
		const end = findDigitsEnd(text, index);
		const length = end - start;
		if (length > SAFE_LENGTH) return start;
		const mayBeExponent = length > SAFE_EXPONENT_LENGTH && start > from;
		if (mayBeExponent && EXPONENT_MARK.test(text.slice(Math.max(start - 3, 0), start)))
			return start;
		index = end + SAFE_EXPONENT_LENGTH + 1;
	}
	return -1;
}

function findDigitsStart(text: string, index: number, from: number): number {
	let start = index;
	while (start > from && isDigitOrPoint(text.charCodeAt(start - 1))) start -= 1;
	return start;
}

function findDigitsEnd(text: string, index: number): number {
	let end = index;
	while (isDigitOrPoint(text.charCodeAt(end))) end += 1;
	return end;
}

function isDigitOrPoint(code: number): boolean {
	return (code >= 48 && code <= 57) || code === 46;
}

/** Where the text goes on behind the string that opens at `open`. */
export function findStringEnd(text: string, open: number): number {
	let close = text.indexOf('"', open + 1);
	while (close !== -1 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
	return close === -1 ? text.length : close + 1;
}

/** An odd number of backslashes stands before it. */
function isEscaped(text: string, index: number): boolean {
	let first = index;
	while (text[first - 1] === '\\') first -= 1;
	return (index - first) % 2 === 1;
}

/** Where the characters of a number begin that reach up to `index`. */
function findStart(text: string, index: number, from: number): number {
	let start = index;
	while (start > from && '-+.0123456789eE'.includes(text[start - 1])) start -= 1;
	return start;
}

/** Where the match ends that begins at `start`; `start` itself if there is none. */
function matchEnd(pattern: RegExp, text: string, start: number): number {
	pattern.lastIndex = start;
	return pattern.test(text) ? pattern.lastIndex : start;
}

function survives(literal: string): boolean {
	const value = Number(literal);
	if (WHOLE.test(literal)) return Number.isSafeInteger(value);
	const text = String(value);
	return Number.isFinite(value) && toDecimal(literal) === toDecimal(text);
}

/** One text per decimal value, without its sign: 1.10, 11e-1 and 1.1 are all "11e-1". */
function toDecimal(literal: string): string {
	const [mantissa, exponent = '0'] = literal.replace(/^-/, '').toLowerCase().split('e');
	const [whole, fraction = ''] = mantissa.split('.');
	const digits = `${whole}${fraction}`.replace(/^0+/, '');
	// A loop: /0+$/ takes quadratic time where zeros stand inside a long number.
	let length = digits.length;
	while (digits[length - 1] === '0') length -= 1;
	if (length === 0) return '0';
	const power = Number(exponent) - fraction.length + digits.length - length;
	return `${digits.slice(0, length)}e${power}`;
}
