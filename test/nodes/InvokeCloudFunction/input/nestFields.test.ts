import type { IExecuteFunctions } from 'n8n-workflow';
import { readValue } from '../../../../nodes/InvokeCloudFunction/input/fieldTypes';
import { findCollision, nest } from '../../../../nodes/InvokeCloudFunction/input/readFields';
import { warnOfUserInfo } from '../../../../nodes/InvokeCloudFunction/input/requestData';

const toFields = (names: string[]) => names.map((name, value) => ({ name, value }));

test('dotted names nest, whatever their order', () => {
	const fields = toFields(['customer.name', 'total', 'customer.address.city']);
	expect(JSON.stringify(nest(fields))).toBe(
		'{"customer":{"name":0,"address":{"city":2}},"total":1}',
	);
});

test.each(['__proto__', 'constructor', 'prototype', 'toString'])(
	'%s in a name is data, and no prototype is touched',
	(part) => {
		const fields = toFields([`${part}.polluted`, `a.${part}`, `b.${part}.prototype.polluted`]);
		expect(JSON.stringify({ ...nest(fields) })).toBe(
			`{"${part}":{"polluted":0},"a":{"${part}":1},"b":{"${part}":{"prototype":{"polluted":2}}}}`,
		);
		expect('polluted' in {}).toBe(false);
		expect('polluted' in Object).toBe(false);
	},
);

test.each([
	[['a', 'a.b'], 'the fields "a" and "a.b" exclude each other'],
	[['a.b.c', 'x', 'a.b'], 'the fields "a.b.c" and "a.b" exclude each other'],
	[['a.b', 'a.b'], 'the field "a.b" is there twice'],
	[['a.b', 'a.c', 'ab', 'a-b'], undefined],
])('%j: %s', (names, what) => {
	expect(findCollision(names)?.what).toBe(what);
});

test.each([
	['string', 'text', 'text'],
	['string', '', ''],
	['string', 7, '7'],
	['string', false, 'false'],
	['string', { a: [1] }, '{"a":[1]}'],
	['number', ' 12.5 ', 12.5],
	['number', '1e3', 1000],
	['number', 0, 0],
	['boolean', 'TRUE', true],
	['boolean', 'false', false],
	['boolean', 0, false],
	['array', '[1, "two"]', [1, 'two']],
	['array', [], []],
	['object', '{ "a": null }', { a: null }],
	['object', {}, {}],
	['number', null, null],
	['object', null, null],
])('a field of the type %s takes %j', (type, value, expected) => {
	expect(readValue('f', value, type)).toEqual({ kind: 'value', value: expected });
});

test.each([
	['string', new Date(Number.NaN), 'holds an object, not text'],
	['number', '', 'holds text that is not a number'],
	['number', '12 kg', 'holds text that is not a number'],
	['number', '12345678901234567890', 'holds text that is not a number'],
	['number', true, 'holds a boolean, not a number'],
	['number', [], 'holds an array, not a number'],
	['number', Infinity, 'holds Infinity, not a number'],
	['boolean', 'yes', 'holds text that is not true or false'],
	['boolean', 2, 'holds a number, not true or false'],
	['boolean', [true], 'holds an array, not true or false'],
	['array', '{}', 'holds text that is not a JSON array'],
	['array', {}, 'holds an object, not a JSON array'],
	['object', 'null', 'holds text that is not a JSON object'],
	['object', '[]', 'holds text that is not a JSON object'],
	['object', '{ a: 1 }', 'holds text that is not a JSON object'],
	['binary', 'x', "has the type binary, which can't be sent"],
])('a field of the type %s refuses %j', (type, value, what) => {
	expect(readValue('f', value, type)).toMatchObject({ what: `the field "f" ${what}` });
});

test('a field userInfo stays in the request data, and an n8n without hints at run time gets none', () => {
	const requestData = { userInfo: { name: 'Li Lei' } };
	expect(() => warnOfUserInfo({} as IExecuteFunctions, requestData)).not.toThrow();
	expect(requestData).toEqual({ userInfo: { name: 'Li Lei' } });
});
