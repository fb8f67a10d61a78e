import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { countInvocations } from '../../../engine/counting';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const userInfo = { appId: 'wx-sandbox-shop' };
const send = async (rows: unknown[], parameters: Record<string, unknown> = {}) => {
	const result = await runInvoke({ store: storeOf(sandbox.url), rows, parameters });
	const hints = (result.run.data.resultData.runData.Invoke[0].hints ?? []).map(
		({ message }) => message,
	);
	return { ...result, hints };
};
const fields = (given: Record<string, unknown>, type = 'string') => ({
	requestData: 'fields',
	requestFields: {
		assignments: Object.entries(given).map(([name, value], i) => ({
			id: String(i),
			...{ name, value, type },
		})),
	},
});
const check = (field: unknown, successValues: unknown = '0') => ({
	options: { resultCheck: { check: { field, successValues } } },
});

describe('an option that was added and left empty is an error of the item', () => {
	test.each([
		['a Result Check without a check', { options: { resultCheck: {} } }, 'has no check'],
		['a Result Check without a field', check(''), 'Field of the option Result Check is empty'],
		['a Result Check of a blank field', check(' '), 'Field of the option Result Check is empty'],
		[
			'a Result Check whose field is an expression without a value',
			check('={{ $json.missing }}'),
			'Field of the option Result Check is empty',
		],
		['a Result Check without values', check('a', ''), 'Success Values of the option Result Check'],
		[
			'an Invocation ID Field without a name',
			{ options: { invocationIdField: '' } },
			'the option Invocation ID Field is empty',
		],
		[
			'an Invocation ID Field from an expression without a value',
			{ options: { invocationIdField: '={{ $json.missing }}' } },
			'the option Invocation ID Field is empty',
		],
	])('%s', async (_, parameters, reason) => {
		const before = countInvocations(sandbox);
		const { error } = await send([{ a: 1 }], parameters);
		expect(error[0].error).toMatchObject({ category: 'configuration-invalid', attempts: 0 });
		expect(error[0].error.message).toContain(reason);
		expect(error[0].error.hint).not.toBe('');
		expect(countInvocations(sandbox)).toBe(before);
	});
});

test('a field without a value is told once for the run, with its count', async () => {
	const given = { quantity: '={{ $json.quantty }}', size: '={{ $json.size }}', id: 'x' };
	const { success, hints } = await send([{ size: 1 }, {}, {}], fields(given));
	expect(success).toHaveLength(3);
	expect(hints).toEqual([
		expect.stringContaining('quantity had no value in 3 of 3 items and was not sent.'),
		expect.stringContaining('size had no value in 2 of 3 items and was not sent.'),
	]);
});

test('a list in Fields arrives as one', async () => {
	const given = { 'items[0].name': '={{ $json.product }}', 'items[0].price': '12' };
	const { success } = await send([{ product: 'tea' }], fields(given));
	expect(success).toEqual([{ items: [{ name: 'tea', price: '12' }], userInfo }]);
});

test('without Dot Notation the names of fields arrive as they are', async () => {
	const names = { 'Test 2.0': 'a', 'Nr.': 'b', 'items[0].name': 'c', 'meta.a': 'd' };
	const options = { dotNotation: false, invocationIdField: 'meta.id' };
	const { success } = await send([{}], { ...fields(names), options });
	expect(success[0]).toEqual({ ...names, 'meta.id': expect.any(String) as string, userInfo });
});

test('the invocation ID nests as fields do, and tells what it took the place of', async () => {
	const nested = await send([{ meta: { a: 1 } }], { options: { invocationIdField: 'meta.id' } });
	expect(nested.success[0]).toMatchObject({ meta: { a: 1, id: expect.any(String) as string } });
	expect(nested.hints).toEqual([]);
	const replaced = await send([{ id: 'order-7' }], { options: { invocationIdField: 'id' } });
	expect(replaced.hints).toEqual([
		expect.stringContaining('The invocation ID took the place of the field id'),
	]);
	const blocked = await send([{ meta: 'text' }], { options: { invocationIdField: 'meta.id' } });
	expect(blocked.error[0].error.message).toContain('holds no other fields');
});

describe('a failure of an earlier round that comes back with its item', () => {
	/** A failed item as this node writes it. */
	async function makeFailed() {
		const { error } = await send([{ id: 7, throws: 'no stock' }]);
		expect(error[0].error.category).toBe('function-error');
		return { id: error[0].id, error: error[0].error };
	}

	test.each([
		['all fields', {}, []],
		['fields', fields({ id: '={{ $json.id }}', error: '={{ $json.error }}' }, 'object'), [1]],
		['JSON', { requestData: 'json', requestJson: '={{ $json }}' }, [1]],
	])('is not sent with %s', async (_, parameters, hints) => {
		const failed = await makeFailed();
		const rows = [{ ...failed, id: { n: 7 } }];
		const result = await send(rows, parameters);
		expect(result.success).toEqual([{ id: { n: 7 }, userInfo }]);
		expect(result.hints).toHaveLength(hints.length);
	});

	test.each([
		['a text', 'no stock'],
		['null', null],
		['an object of another shape', { message: 'no stock', errcode: 1 }],
	])('%s in a field error is data, and is sent', async (_, error) => {
		const { success } = await send([{ a: 1, error }]);
		expect(success).toEqual([{ a: 1, error, userInfo }]);
	});

	test('one field more, or one of another type, makes it data', async () => {
		const { error } = await makeFailed();
		for (const other of [
			{ ...error, more: 1 },
			{ ...error, attempts: '1' },
		]) {
			const { success } = await send([{ a: 1, error: other }]);
			expect(success).toEqual([{ a: 1, error: other, userInfo }]);
		}
	});
});

test.each([
	['Output', { output: 'inputFieldsAndResult' }],
	['the option of saved workflows', { options: { includeInputFields: true } }],
	['that option as an expression', { options: { includeInputFields: '={{ true }}' } }],
])('the input fields come along by %s', async (_, parameters) => {
	const given = { ...fields({ reply: 'done' }), ...parameters };
	const { success } = await send([{ order: 7 }], given);
	expect(success).toEqual([{ order: 7, result: 'done' }]);
});

test('what is dragged in costs n8n no evaluation', async () => {
	const { Expression } = await import('n8n-workflow');
	const evaluated = jest.spyOn(Expression.prototype, 'resolveSimpleParameterValue');
	const given = { a: '={{ $json.a }}', 'b.c': "={{ $json['b c'] }}", d: '={{ $json.list[0].d }}' };
	const rows = Array.from({ length: 5 }, (_, a) => ({ a, 'b c': 'x', list: [{ d: a }] }));
	const locator = { environment: '={{ $json.env }}', functionName: '={{ $json.fn }}' };
	const { success } = await send(
		rows.map((row) => ({ ...row, env: 'shop-demo', fn: 'echo' })),
		{ ...fields(given), ...locator, options: { timeout: '={{ $json.timeout }}' } },
	);
	const asked = evaluated.mock.calls
		.map(([value]) => value)
		.filter((v) => String(v).includes('$json'));
	evaluated.mockRestore();
	expect(success).toHaveLength(5);
	expect(success[3]).toEqual({ a: '3', b: { c: 'x' }, d: '3', userInfo });
	// The harness looks at each row once, to trace it back.
	expect(asked.filter((value) => value !== "={{ $('Rows').item.json }}")).toEqual([]);
});
