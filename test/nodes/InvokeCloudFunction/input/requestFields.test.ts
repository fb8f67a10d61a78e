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

type Row = [name: string, value: unknown, type?: string];

const fieldsOf = (fields: Row[]) => ({
	requestData: 'fields',
	requestFields: {
		assignments: fields.map(([name, value, type = 'string'], i) => ({
			id: String(i),
			name,
			value,
			type,
		})),
	},
});

/** `echo` returns the event, which comes out as the item. */
const send = async (rows: unknown[], parameters: Record<string, unknown>) =>
	await runInvoke({ store: storeOf(sandbox.url), rows, parameters });

describe('fields', () => {
	test('each becomes a field of the event, with the type chosen for it', async () => {
		const fields = fieldsOf([
			['name', '={{ $json.name }}'],
			['age', '={{ $json.age }}', 'number'],
			['member', 'true', 'boolean'],
			['tags', '["new", 1]', 'array'],
			['size', '{ "w": 2 }', 'object'],
		]);
		const { success } = await send([{ name: 'Li Lei', age: '42' }], fields);
		const rest = { member: true, tags: ['new', 1], size: { w: 2 }, userInfo };
		expect(success).toEqual([{ name: 'Li Lei', age: 42, ...rest }]);
	});

	test('arrays and objects from expressions arrive as they are', async () => {
		const rows = [{ tags: [1, [2]], size: { w: { cm: 2 } } }];
		const fields = fieldsOf([
			['tags', '={{ $json.tags }}', 'array'],
			['size', '={{ $json.size }}', 'object'],
		]);
		expect((await send(rows, fields)).success).toEqual([{ ...rows[0], userInfo }]);
	});

	test('none: the event is empty', async () => {
		for (const requestFields of [{}, { assignments: [] }]) {
			const { success } = await send([{ a: 1 }], { requestData: 'fields', requestFields });
			expect(success).toEqual([{ userInfo }]);
		}
	});

	test('names with dots nest', async () => {
		const fields = fieldsOf([
			['customer.name', 'Li Lei'],
			['={{ "customer.address." + $json.key }}', 'Beijing'],
		]);
		const customer = { name: 'Li Lei', address: { city: 'Beijing' } };
		expect((await send([{ key: 'city' }], fields)).success).toEqual([{ customer, userInfo }]);
	});

	test('constructor and prototype in a name are data', async () => {
		const fields = fieldsOf([['constructor.prototype.polluted', 'yes']]);
		const { success } = await send([{}], fields);
		expect(success).toEqual([{ constructor: { prototype: { polluted: 'yes' } }, userInfo }]);
		expect('polluted' in {}).toBe(false);
	});

	test('times arrive as ISO text', async () => {
		const at = '2026-05-01T08:00:00.000Z';
		const fields = fieldsOf([
			['date', `={{ new Date('${at}') }}`],
			['dateTime', `={{ DateTime.fromISO('${at}', { zone: 'utc' }) }}`],
			['inside', `={{ ({ at: new Date('${at}') }) }}`, 'object'],
		]);
		const { success } = await send([{}], fields);
		expect(success).toEqual([{ date: at, dateTime: at, inside: { at }, userInfo }]);
	});

	test('a value that is undefined is left out, and null is sent', async () => {
		const fields = fieldsOf([
			['missing', '={{ $json.missing }}'],
			['none', '={{ $json.none }}', 'number'],
		]);
		expect((await send([{ none: null }], fields)).success).toEqual([{ none: null, userInfo }]);
	});

	test.each<[string, Row[], string]>([
		['a name left empty', [['={{ $json.bad ? " " : "a" }}', 'x']], 'a field has no name'],
		[
			'a name that ends with a dot',
			[['={{ $json.bad ? "a." : "a" }}', 'x']],
			'the field name "a." has an empty part',
		],
		[
			'a value of another type',
			[['age', '={{ $json.bad ? "old" : 7 }}', 'number']],
			'the field "age" holds text that is not a number',
		],
		[
			'a value beside fields inside it',
			[
				['a', '={{ $json.bad ? 1 : undefined }}', 'number'],
				['a.b', 2, 'number'],
			],
			'the fields "a" and "a.b" exclude each other',
		],
	])('%s: an error of that item, no call, the others unharmed', async (_, fields, reason) => {
		const before = countInvocations(sandbox);
		const { success, error } = await send([{}, { bad: true }, {}], fieldsOf(fields));
		expect(success).toHaveLength(2);
		expect(error).toHaveLength(1);
		expect(error[0]).toMatchObject({ bad: true, error: { attempts: 0, errcode: null } });
		expect(error[0].error.message).toContain(`was not run: ${reason}.`);
		expect(error[0].error.hint).not.toBe('');
		expect(countInvocations(sandbox) - before).toBe(2);
	});
});
