import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { countInvocations } from '../../../engine/counting';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

/** What WeChat puts into every event. */
const userInfo = { appId: 'wx-sandbox-shop' };
const send = async (rows: unknown[], parameters: Record<string, unknown> = {}) =>
	await runInvoke({ store: storeOf(sandbox.url), rows, parameters });

const json = (requestJson: string) => ({ requestData: 'json', requestJson });
const field = (name: string, value: unknown, type: string) => ({
	requestData: 'fields',
	requestFields: { assignments: [{ id: '1', name, value, type }] },
});

function nestDeep(depth: number): object {
	let value: object = {};
	for (let i = 0; i < depth; i++) value = { value };
	return value;
}
function makeCircle(): object {
	const circle: Record<string, unknown> = {};
	circle.self = circle;
	return circle;
}

test.each<[string, unknown, string]>([
	['a value nested 200,000 deep', { a: nestDeep(200_000) }, 'nested too deeply or too large'],
	['a circle', { a: makeCircle() }, 'holds itself'],
	['a Map', { a: new Map([['b', 1]]) }, 'the field "a" holds a Map, which JSON'],
	['a Set deeper in it', { a: [{ b: new Set([1]) }] }, 'the field "a.0.b" holds a Set'],
	['a regular expression', { a: /x/ }, 'the field "a" holds a RegExp'],
	['bytes', { a: new Uint8Array(3) }, 'the field "a" holds a Uint8Array'],
	['no json at all', undefined, 'the item has no fields'],
])('an item with %s: one sentence, no call, the others unharmed', async (_, bad, reason) => {
	const before = countInvocations(sandbox);
	const { success, outputs } = await send([{ id: 1 }, bad, { id: 3 }], {
		errorBranches: 'byCategory',
	});
	expect(success).toEqual([
		{ id: 1, userInfo },
		{ id: 3, userInfo },
	]);
	expect(outputs[4]).toHaveLength(1);
	expect(outputs[4][0].error.message).toContain(reason);
	expect(outputs[4][0].error.hint).not.toBe('');
	expect(countInvocations(sandbox) - before).toBe(2);
});

test('a lone surrogate, a number that is none, and a BigInt each have a defined value', async () => {
	const { success } = await send([{ a: '\ud83d', b: Number.NaN, c: -Infinity, d: 12n }]);
	expect(success).toEqual([{ a: '\ud83d', b: null, c: null, d: '12', userInfo }]);
});

test.each([
	['the time', '={{ $now }}', 'the request data is a date, not a JSON object'],
	['a Date', '={{ new Date() }}', 'the request data is a date, not a JSON object'],
	['a Map', '={{ new Map() }}', "the request data is a Map, which JSON can't carry"],
	['nothing', '={{ $json.missing }}', 'the expression in JSON gives nothing for this item'],
	['null', '={{ null }}', 'the expression in JSON gives nothing for this item'],
	['an array', '={{ [1] }}', 'the request data is an array, not a JSON object'],
	['a number', '={{ 7 }}', 'the request data is a number, not a JSON object'],
])('JSON that gives %s is refused with its kind', async (_, requestJson, reason) => {
	const before = countInvocations(sandbox);
	const { error } = await send([{}], json(requestJson));
	expect(error[0].error.message).toContain(`was not run: ${reason}.`);
	expect(countInvocations(sandbox)).toBe(before);
});

test('quotes and line breaks of a value break the JSON: the hint names what keeps them', async () => {
	const rows = [{ text: 'say "hi"\nto all' }];
	const { error } = await send(rows, json('={ "text": "{{ $json.text }}" }'));
	expect(error[0].error.hint).toContain('{{ JSON.stringify($json.text) }}');
	const { success } = await send(rows, json('={ "text": {{ JSON.stringify($json.text) }} }'));
	expect(success).toEqual([{ ...rows[0], userInfo }]);
});

test.each([
	['the time in a text', field('a', '={{ $now }}', 'string'), /^\d{4}-.*T/],
	['a number in a text', field('a', '={{ 1.50 }}', 'string'), /^1\.5$/],
	['a BigInt in a text', field('a', '={{ 12n }}', 'string'), /^12$/],
])('%s has a defined value', async (_, parameters, expected) => {
	const { success } = await send([{}], parameters);
	expect((success[0] as { a: string }).a).toMatch(expected);
});

test('the time within an object field is ISO text', async () => {
	const { success } = await send([{}], field('a', '={{ ({ at: $now }) }}', 'object'));
	expect((success[0] as { a: { at: string } }).a.at).toMatch(/^\d{4}-.*T/);
});

test.each([
	['a number field that is Infinity', field('a', '={{ 1 / 0 }}', 'number'), 'holds Infinity'],
	['a Map in a text field', field('a', '={{ new Map() }}', 'string'), 'holds a Map'],
	['a Map in an object field', field('a', '={{ new Map() }}', 'object'), 'holds a Map'],
	['a name that is an object', field('={{ ({}) }}', 'x', 'string'), 'is an object, not text'],
	['a list that is too long', field('items[999999999].a', 1, 'number'), 'counts further'],
])('%s: one sentence, and no call', async (_, parameters, reason) => {
	const before = countInvocations(sandbox);
	const { error } = await send([{}], parameters);
	expect(error[0].error.message).toContain(reason);
	expect(countInvocations(sandbox)).toBe(before);
});

test.each([
	['timeout', [-5, 0, Infinity, 3e9, true, '', 'soon', null, [1], '9000']],
	['maxTries', [-5, 0, Infinity, 3e9, true, '', 'often', null]],
	['concurrency', [-5, 0, Infinity, 3e9, true, '', 'all', null]],
	['requestsPerSecond', [-5, Infinity, Number.NaN, true, '', 'fast', null]],
])('the option %s with a value that is no use: the call is made as usual', async (name, values) => {
	for (const value of values) {
		const options = { [name]: '={{ $json.value }}' };
		const { success } = await send([{ value, reply: 1 }], { options });
		expect(success).toEqual([{ result: 1 }]);
	}
});

test.each(['credentialPerItem', 'includeInputFields', 'safeToRepeat', 'dotNotation', 'simplify'])(
	'the switch %s with an object in its place stays as it is',
	async (name) => {
		const value: unknown = Object.create(null);
		const options = { [name]: '={{ $json.value }}' };
		const parameters = name === 'simplify' ? { simplify: '={{ $json.value }}' } : { options };
		const { success } = await send([{ value, reply: 1 }], parameters);
		expect(success).toEqual([{ result: 1 }]);
	},
);

test.each([-1, 0, Infinity, true, '', 'all', null])(
	'a batch size of %j is the usual one',
	async (value) => {
		const parameters = { invoke: 'oncePerBatch', batchSize: '={{ $json.value }}' };
		const { success } = await send([{ value }, { value }], parameters);
		expect((success[0] as { items: unknown[] }).items).toHaveLength(2);
	},
);

test.each([true, '', 'soon', null, 5, 6.5, Infinity])('a delay of %j is refused', async (value) => {
	const parameters = { invocationType: 'later', delaySeconds: '={{ $json.value }}' };
	const { error } = await send([{ value }], parameters);
	expect(error[0].error.message).toContain('is not one WeChat allows');
});

test('a name as long as a book stays out of the messages', async () => {
	for (const parameters of [
		{ functionName: 'x'.repeat(1_000_000) },
		{ environment: 'x'.repeat(1_000_000) },
	]) {
		const { error } = await send([{}], parameters);
		expect(JSON.stringify(error[0]).length).toBeLessThan(1_000);
		expect(error[0].error.message).toContain('has 1000000 characters');
	}
});
