import { readValue } from '../../../../nodes/InvokeCloudFunction/input/fieldTypes';

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
	['string', new Date(Number.NaN), 'holds a date, not text'],
	['string', new Map(), 'holds a Map, not text'],
	['number', 12n, 'holds a bigint, not a number'],
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
