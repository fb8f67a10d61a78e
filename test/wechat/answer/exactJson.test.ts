import fc from 'fast-check';
import { parseExactJson } from '../../../wechat/answer/exactJson';

const digits = (max: number) => fc.stringMatching(new RegExp(`^\\d{1,${max}}$`));
const optional = (part: fc.Arbitrary<string>) => fc.option(part, { nil: '' });
const whole = fc.oneof(
	fc.constantFrom('0', '9007199254740992', '9007199254740993', '100000000000000000000000'),
	digits(30).map((text) => text.replace(/^0+(?=.)/, '')),
);
const literal = fc
	.tuple(
		fc.constantFrom('', '-'),
		whole,
		optional(digits(25).map((text) => `.${text}`)),
		optional(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'E-'), digits(4)).map((two) => two.join(''))),
	)
	.map((parts) => parts.join(''));
const space = fc.constantFrom('', ' ', '\n\t');
const string = fc
	.array(fc.oneof(fc.constantFrom('"', '\\', '12345678901234567890', '1e999', ':', ','), literal))
	.map((parts) => parts.join(''));

/** The literal's decimal value, by whole-number arithmetic. */
function decimal(text: string): string {
	const [, sign, before, after = '', exponent = '0'] =
		/^(-?)(\d+)(?:\.(\d+))?(?:e([-+]?\d+))?$/i.exec(text) ?? [];
	let value = BigInt(before + after);
	let power = Number(exponent) - after.length;
	if (value === 0n) return '0';
	for (; value % 10n === 0n; value /= 10n) power += 1;
	return `${sign}${value}e${power}`;
}

function expected(text: string): unknown {
	const value = Number(text);
	if (/^-?\d+$/.test(text)) return Number.isSafeInteger(value) ? value : text;
	return Number.isFinite(value) && decimal(text) === decimal(String(value)) ? value : text;
}

function parsePlainly(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** What JSON.parse makes of it, with whole numbers beyond the safe ones as texts. */
const toExpected = (text: string): unknown =>
	JSON.parse(text, (_, value: unknown) =>
		typeof value === 'number' ? expected(String(value)) : value,
	);

test('without numbers that lose digits, the result is that of JSON.parse', () => {
	fc.assert(
		fc.property(fc.json({ maxDepth: 6 }), space, (text, blank) => {
			const padded = blank + text + blank;
			expect(parseExactJson(padded)).toEqual(toExpected(padded));
		}),
		{ numRuns: 1000 },
	);
});

test('every number is exact, or the text of its literal, and no string changes', () => {
	const entry = fc.tuple(
		string,
		fc.oneof(
			literal,
			string.map((text) => JSON.stringify(text)),
		),
	);
	fc.assert(
		fc.property(fc.array(entry), space, (entries, blank) => {
			const rows = entries.map(
				([key, value]) => `[${JSON.stringify(key)},${blank}{"v"${blank}:${value}${blank}}]`,
			);
			const values = entries.map(([key, value]) => [
				key,
				{ v: value.startsWith('"') ? (JSON.parse(value) as string) : expected(value) },
			]);
			expect(parseExactJson(`[${rows.join(`${blank},`)}]`)).toEqual(values);
		}),
		{ numRuns: 3000 },
	);
});

test('a text is no JSON exactly where JSON.parse says so', () => {
	const piece = fc.constantFrom(
		...['{', '}', '[', ']', ':', ',', '"', '\\', ' ', '\n', 'e', '-', '+', '.', '0', '"a"', 'true'],
		...['12345678901234567890', '1e400', '0.12345678901234567890'],
	);
	const broken = fc
		.tuple(fc.constantFrom('{"a":', '[', '', '{'), fc.array(piece, { maxLength: 4 }))
		.map(([start, parts]) => `${start}${parts.join('')}${{ '{': '}', '[': ']' }[start[0]] ?? ''}`);
	fc.assert(
		fc.property(fc.oneof(fc.string(), broken), (text) => {
			expect(parseExactJson(text) === undefined).toBe(parsePlainly(text) === undefined);
		}),
		{ numRuns: 20_000 },
	);
});

test.each([
	['9007199254740991'],
	['-9007199254740991'],
	['-0'],
	['0e999'],
	['1e3'],
	['1.0'],
	['1.10'],
	['1.5e3'],
	['0.1'],
	['0.30000000000000004'],
	['1.000000000000000000000'],
	['5e-324'],
	['1e-7'],
	['1.7976931348623157e308'],
])('%s is a number', (text) => {
	expect(parseExactJson(text)).toBe(JSON.parse(text));
});

test.each([
	['9007199254740992'],
	['-9007199254740992'],
	['9007199254740993'],
	['9007199254740994'],
	['100000000000000000000000'],
	['12345678901234567890'],
	['0.1234567890123456789'],
	['1e400'],
	['-1E+400'],
	['1.5e-400'],
	['9007199254740993.0'],
])('%s is its text', (text) => {
	expect(parseExactJson(text)).toBe(text);
	expect(parseExactJson(`[ ${text}\n]`)).toEqual([text]);
});

test.each([
	['a string of digits', '["12345678901234567890"]'],
	['digits behind an escaped quote', '["\\" 12345678901234567890"]'],
	['digits behind an escaped backslash', '["\\\\","12345678901234567890"]'],
	['a key of digits', '{"12345678901234567890":1}'],
	['a lone surrogate and NUL', '["\\ud800 \\u0000 12345678901234567890"]'],
	['a hexadecimal id', '["a1e400","0x1e999"]'],
	['__proto__ and constructor', '{"__proto__":{"a":1},"constructor":"1e400"}'],
])('%s is left alone', (_, text) => {
	const result = parseExactJson(text) as object;
	expect(result).toEqual(JSON.parse(text));
	expect(Object.keys(result)).toEqual(Object.keys(JSON.parse(text) as object));
});

test.each([
	['behind a backslash that is escaped', '["\\\\",1e400]', ['\\', '1e400']],
	['of two that have the same key, the last', '{"a":1e400,"a":1e500}', { a: '1e500' }],
	['before the same key', '{"a":1e400,"a":1}', { a: 1 }],
	['in arrays of arrays', '[[1e400],[[1e400,1]]]', [['1e400'], [['1e400', 1]]]],
])('a large number %s', (_, text, result) => {
	expect(parseExactJson(text)).toEqual(result);
});

test('a large number under __proto__ is data', () => {
	const result = parseExactJson('{"__proto__":1e400,"constructor":1e500}') as object;
	expect(Object.entries(result)).toEqual([
		['__proto__', '1e400'],
		['constructor', '1e500'],
	]);
});

test.each(['12345678901234567890:1', '1e400 :1', '"a":012345678901234567890', '"a":1e400e1'])(
	'{%s} does not become JSON',
	(members) => expect(parseExactJson(`{${members}}`)).toBeUndefined(),
);

test('10,000 levels are read', () => {
	let result = parseExactJson(`${'['.repeat(10_000)}1e400${']'.repeat(10_000)}`);
	for (let level = 0; level < 10_000; level++) result = (result as unknown[])[0];
	expect(result).toBe('1e400');
});

test.each([
	['digits', '1'.repeat(1_000_000)],
	['zeros inside', `1${'0'.repeat(1_000_000)}1`],
	['zeros in a fraction', `0.${'0'.repeat(1_000_000)}1`],
])('a number of a million %s is its text', (_, text) => {
	expect(parseExactJson(text)).toBe(text);
});

test('a megabyte of escapes is left alone', () => {
	const value = '\\"'.repeat(250_000);
	expect(parseExactJson(`[${JSON.stringify(value)},1e400]`)).toEqual([value, '1e400']);
});
