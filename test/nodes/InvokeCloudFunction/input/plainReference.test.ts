import fc from 'fast-check';
import { Workflow } from 'n8n-workflow';
import {
	followReference,
	parseReference,
	UNSURE,
} from '../../../../nodes/InvokeCloudFunction/input/plainReference';
import { nodeTypes } from '../../../engine/core/nodeTypes';

const node = {
	id: 'node',
	name: 'Node',
	type: 'test.passThrough',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};
const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });

/** What n8n's own engine gives, or the message of its error. */
function evaluate(expression: string, json: unknown): unknown {
	try {
		return workflow.expression.getParameterValue(
			expression,
			null,
			0,
			0,
			'Node',
			[{ json: json as never }],
			'manual',
			{},
		);
	} catch (error) {
		return { refused: (error as Error).message };
	}
}

const ODD_NAMES = [
	...['toString', '__proto__', 'constructor', 'prototype', 'length', 'map', 'valueOf', 'binding'],
	...[
		'__isError',
		'arguments',
		'a b',
		'价格',
		'𠮷',
		'$',
		'$json',
		'_id',
		'class',
		'this',
		'isEmpty',
	],
	...[
		'a.b',
		'x (y)',
		'x.isEmpty()',
		'0',
		'-1',
		'',
		'"',
		"'",
		'`',
		'{{',
		'}}',
		'\\',
		'//',
		'\u2028',
	],
];
const name = fc.oneof(fc.constantFrom('a', 'b', 'list'), fc.constantFrom(...ODD_NAMES));
const step = fc.oneof(
	name.map((each) => `.${each}`),
	name.map((each) => `["${each}"]`),
	name.map((each) => `['${each}']`),
	fc.constantFrom('[0]', '[1]', '[01]', '[-1]', '?.a', '.a()', '[a]', ' .a'),
);
const blank = fc.constantFrom('', ' ', '\n', '\t ', '\u00a0');
const expression = fc
	.tuple(blank, fc.array(step, { maxLength: 3 }), blank, fc.constantFrom('', '', '', ' ', 'x'))
	.map(
		([before, steps, after, outside]) => `={{${before}$json${steps.join('')}${after}}}${outside}`,
	);

const leaf = fc.oneof(
	fc.constantFrom<unknown>(null, undefined, '', 'text', '\ud83d', 0, -0, 1.5, true, Number.NaN),
	fc.constantFrom<unknown>(Infinity, 12n, new Date(0), new Map(), /x/, () => 1, Symbol('s')),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
	tree: fc.oneof(
		{ maxDepth: 3 },
		leaf,
		fc.array(tie('tree'), { maxLength: 2 }),
		fc.dictionary(name, tie('tree'), { maxKeys: 4, noNullPrototype: false }),
	),
}));
const json = fc.dictionary(name, tree, { maxKeys: 5 });

test('a plain reference has the value that n8n gives it, for whatever item', () => {
	let followed = 0;
	let found = 0;
	fc.assert(
		fc.property(expression, json, (written, item) => {
			const reference = parseReference(written);
			if (reference === undefined) return;
			const value = followReference(reference, item);
			if (value === UNSURE) return;
			followed += 1;
			if (value !== undefined) found += 1;
			expect(value).toStrictEqual(evaluate(written, item));
		}),
		{ numRuns: 5_000 },
	);
	// The rule is of use: it is not simply never sure.
	expect(followed).toBeGreaterThan(500);
	expect(found).toBeGreaterThan(50);
}, 60_000);

test.each([
	['={{ $json.name }}', { name: 'Li Lei' }, 'Li Lei'],
	['={{$json.name}}', { name: 'Li Lei' }, 'Li Lei'],
	["={{ $json['unit price'] }}", { 'unit price': 7 }, 7],
	['={{ $json.顾客.姓名 }}', { 顾客: { 姓名: '李雷' } }, '李雷'],
	['={{ $json.items[0].name }}', { items: [{ name: 'tea' }] }, 'tea'],
	['={{ $json.order }}', { order: { id: 1, tags: [null] } }, { id: 1, tags: [null] }],
	['={{ $json.missing }}', {}, undefined],
	['={{ $json.customer.name }}', { customer: null }, undefined],
])('%s is read without n8n', (written, item, expected) => {
	const reference = parseReference(written);
	expect(reference && followReference(reference, item)).toEqual(expected);
	expect(evaluate(written, item)).toEqual(expected);
});

test.each([
	'={{ $json.a + 1 }}',
	'={{ $json.a }} ',
	'= {{ $json.a }}',
	'={{ $json.a.toUpperCase() }}',
	'={{ $json?.a }}',
	'={{ $json[$json.a] }}',
	'={{ $json["a\\"b"] }}',
	'={{ $json.constructor }}',
	'={{ $json.a.__proto__ }}',
	"={{ $('Rows').item.json.a }}",
	'={{ $jsonp.a }}',
	'{{ $json.a }}',
])('%s is left to n8n', (written) => {
	expect(parseReference(written)).toBeUndefined();
});

test.each([
	['a date', '={{ $json.a }}', { a: new Date(0) }],
	['a list within text', '={{ $json.a.length }}', { a: 'text' }],
	['a place beyond the end', '={{ $json.a[3] }}', { a: [1] }],
	['a name every object has, deeper', '={{ $json.a }}', { a: { valueOf: 1 } }],
	['a number that is none', '={{ $json.a }}', { a: Number.NaN }],
	['an item without json', '={{ $json.a }}', undefined],
])('%s is left to n8n', (_, written, item) => {
	const reference = parseReference(written);
	expect(reference && followReference(reference, item)).toBe(UNSURE);
});
