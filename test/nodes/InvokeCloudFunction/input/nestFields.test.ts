import fc from 'fast-check';
import set from 'lodash/set';
import {
	findCollision,
	nest,
	parsePath,
	putInto,
	type Path,
} from '../../../../nodes/InvokeCloudFunction/input/fieldPath';

const pathOf = (name: string): Path => {
	const parsed = parsePath(name, true);
	if (parsed.kind === 'problem') throw new Error(parsed.what);
	return parsed.path;
};
const toFields = (names: string[]) =>
	names.map((name, value) => ({ name, path: pathOf(name), value }));
const build = (names: string[]) => JSON.stringify(nest(toFields(names)));

test('dotted names nest, whatever their order', () => {
	expect(build(['customer.name', 'total', 'customer.address.city'])).toBe(
		'{"customer":{"name":0,"address":{"city":2}},"total":1}',
	);
});

test('numbers make lists, in brackets and after a dot', () => {
	expect(build(['items[0].name', 'items[0].price', 'items[1].name'])).toBe(
		'{"items":[{"name":0,"price":1},{"name":2}]}',
	);
	expect(build(['list.1', 'grid[0][1]', '[0]'])).toBe('{"0":2,"list":[null,0],"grid":[[null,1]]}');
});

test('a name in quotes is a name, with dots or of digits', () => {
	expect(build(['a["b.c"]', "year['2024']", 'price[CNY]'])).toBe(
		'{"a":{"b.c":0},"year":{"2024":1},"price":{"CNY":2}}',
	);
});

test('what n8n makes of a name in Edit Fields, this makes of it as well', () => {
	const key = fc.constantFrom('a', 'b c', '价格', 'x-1', '$');
	const part = fc.oneof(
		key.map((name) => `.${name}`),
		fc.integer({ min: 0, max: 3 }).map((place) => `[${place}]`),
		fc.integer({ min: 0, max: 3 }).map((place) => `.${place}`),
		key.map((name) => `["${name}.z"]`),
	);
	const name = fc
		.tuple(key, fc.array(part, { maxLength: 4 }))
		.map(([first, rest]) => first + rest.join(''));
	fc.assert(
		fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), (names) => {
			const fields = toFields(names);
			fc.pre(findCollision(fields) === undefined);
			const expected = {};
			for (const { name: each, value } of fields) set(expected, each, value);
			expect(JSON.parse(JSON.stringify(nest(fields)))).toEqual(
				JSON.parse(JSON.stringify(expected)),
			);
		}),
	);
});

test.each(['Test 2.0', 'Nr.', 'items[0].name', '__proto__.x', 'a[b'])(
	'without Dot Notation %s is taken as it is',
	(name) => {
		expect(parsePath(name, false)).toEqual({ kind: 'path', path: [name] });
	},
);

test('a bracket that stands alone belongs to the name', () => {
	expect(pathOf('size [cm')).toEqual(['size [cm']);
});

test.each([
	['Nr.', 'has an empty part'],
	['a..b', 'has an empty part'],
	['.a', 'has an empty part'],
	['a[" "]', 'has an empty part'],
	['items[]', "has brackets that can't be read"],
	['a[0]b', "has brackets that can't be read"],
	['x.a[b', "has brackets that can't be read"],
	['items[999999999].name', 'counts further than 999'],
	['prices.2024', 'counts further than 999'],
])('%s is refused, with the way out', (name, why) => {
	expect(parsePath(name, true)).toEqual({
		kind: 'problem',
		what: `the field name "${name}" ${why}`,
		hint: expect.stringContaining('Dot Notation') as string,
	});
});

test.each(['__proto__', 'constructor', 'prototype', 'toString'])(
	'%s in a name is data, and no prototype is touched',
	(part) => {
		const fields = toFields([`${part}.polluted`, `a.${part}`, `b.${part}.prototype.polluted`]);
		expect(JSON.stringify(nest(fields))).toBe(
			`{"${part}":{"polluted":0},"a":{"${part}":1},"b":{"${part}":{"prototype":{"polluted":2}}}}`,
		);
		const put = putInto(JSON.parse(`{ "${part}": { "kept": 1 } }`), [part, 'polluted'], 2);
		expect(JSON.stringify(put)).toBe(`{"${part}":{"kept":1,"polluted":2}}`);
		expect('polluted' in {}).toBe(false);
		expect('polluted' in Object).toBe(false);
	},
);

test.each([
	[['a', 'a.b'], 'the fields "a" and "a.b" exclude each other'],
	[['a.b.c', 'x', 'a.b'], 'the fields "a.b.c" and "a.b" exclude each other'],
	[['a[0]', 'a'], 'the fields "a[0]" and "a" exclude each other'],
	[['a[0]', 'a.b'], 'the fields "a[0]" and "a.b" exclude each other'],
	[['a[0]', 'a["0"]'], 'the fields "a[0]" and "a["0"]" exclude each other'],
	[['a[0].b', 'a.0.b'], 'the field "a.0.b" is there twice'],
	[['a.b', 'a.b'], 'the field "a.b" is there twice'],
	[['a.b', 'a.c', 'ab', 'a-b', 'c[0]', 'c[1]'], undefined],
])('%j: %s', (names, what) => {
	expect(findCollision(toFields(names))?.what).toBe(what);
});

test.each([
	[{ a: 1 }, ['a'], { a: 'x' }],
	[{}, ['meta', 'id'], { meta: { id: 'x' } }],
	[{ meta: { b: 1 } }, ['meta', 'id'], { meta: { b: 1, id: 'x' } }],
	[{ list: [1] }, ['list', 1], { list: [1, 'x'] }],
	[{ meta: 'text' }, ['meta', 'id'], undefined],
	[{ meta: null }, ['meta', 'id'], undefined],
	[{ meta: [] }, ['meta', 'id'], undefined],
	[{ meta: {} }, ['meta', 0], undefined],
	[{ meta: new Date(0) }, ['meta', 'id'], undefined],
])('a value is put into a copy of %j at %j', (data, path, expected) => {
	const before = JSON.stringify(data);
	expect(JSON.stringify(putInto<unknown>(data, path, 'x'))).toBe(JSON.stringify(expected));
	expect(JSON.stringify(data)).toBe(before);
});
