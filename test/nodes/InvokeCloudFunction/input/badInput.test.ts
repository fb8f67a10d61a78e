import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const fromRow = {
	environment: '={{ $json.env }}',
	functionName: '={{ $json.name }}',
	requestData: 'json',
	requestJson: '={{ $json.json }}',
};
const good = { env: 'shop-demo', name: 'echo', json: '{ "reply": "fine" }' };

test.each([
	['an environment left empty', { env: '' }, 'the environment is empty'],
	['an environment that is missing', { env: undefined }, 'the environment is empty'],
	[
		'an environment with a space',
		{ env: 'shop demo' },
		'the environment ID "shop demo" holds a space',
	],
	[
		'an environment that was cut within an emoji',
		{ env: 'shop\ud83d' },
		'the environment ID holds half a character',
	],
	['a function name left empty', { name: '' }, 'the function name is empty'],
	[
		'a function name with a slash',
		{ name: 'order/total' },
		'this is not a name a cloud function can have',
	],
	[
		'a function name with a space',
		{ name: 'order total' },
		'this is not a name a cloud function can have',
	],
	['JSON that does not parse', { json: '{ "a": ' }, 'the request data is not valid JSON'],
	[
		'JSON that an expression leaves empty',
		{ json: '' },
		'the expression in JSON gives nothing for this item',
	],
	[
		'JSON from a field that is not there',
		{ json: undefined },
		'the expression in JSON gives nothing for this item',
	],
	[
		'a request that is an array',
		{ json: '[1, 2]' },
		'the request data is an array, not a JSON object',
	],
	['a request that is a number', { json: '7' }, 'the request data is a number, not a JSON object'],
	['a request that is null', { json: 'null' }, 'the request data is null, not a JSON object'],
])('%s: an error of that item, no call, the others unharmed', async (_, bad, reason) => {
	const before = sandbox.log.length;
	const badRow = { ...good, ...bad };
	const { success, error } = await runInvoke({
		store: storeOf(sandbox.url),
		rows: [good, badRow, good],
		parameters: fromRow,
	});
	expect(success).toEqual([{ result: 'fine' }, { result: 'fine' }]);
	expect(error).toHaveLength(1);
	expect(error[0].error).toMatchObject({
		errcode: null,
		errmsg: '',
		category: 'configuration-invalid',
		retryable: false,
		mayHaveRun: false,
		attempts: 0,
		environment: badRow.env ?? '',
	});
	expect(error[0].error.message).toContain(`was not run: ${reason}.`);
	expect(error[0].error.hint).not.toBe('');
	const calls = sandbox.log.slice(before).filter(({ path }) => path.startsWith('/tcb/'));
	expect(calls).toHaveLength(2);
});

test('an environment left empty in the node is the error of every item, not a refusal to run', async () => {
	const { error } = await runInvoke({
		store: storeOf(sandbox.url),
		rows: [{ id: 1 }, { id: 2 }],
		parameters: { environment: '' },
	});
	expect(error.map(({ id }) => id)).toEqual([1, 2]);
});

test('an expression that fails is the error of its item', async () => {
	const { success, error } = await runInvoke({
		store: storeOf(sandbox.url),
		rows: [{ reply: 'fine' }, { reply: 'fine', broken: true }],
		parameters: {
			functionName: '={{ $json.broken ? $("No Such Node").item.json.name : "echo" }}',
		},
	});
	expect(success).toEqual([{ result: 'fine' }]);
	expect(error).toHaveLength(1);
	expect(error[0].error).toMatchObject({ attempts: 0, category: 'configuration-invalid' });
});
