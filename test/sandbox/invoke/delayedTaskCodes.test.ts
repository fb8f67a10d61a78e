import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { expectCode, invokeLater, SHOP } from '../client';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ now: () => Date.now() });
});

afterEach(() => {
	sandbox.faults.clear();
	expect(sandbox.delayedTasks.list()).toEqual([]);
});

afterAll(async () => {
	await sandbox.close();
});

test.each([
	['env', 40101, 'missing parameter'],
	['function_name', 40101, 'missing parameter'],
	['data', 40101, 'missing parameter'],
	['delay_time', 40101, 'missing parameter'],
])('a request without %s: %d', async (field, errcode, text) => {
	await expectCode(invokeLater(sandbox, { [field]: undefined }), errcode, text);
});

test.each([5, 0, -6, 2_592_001, 6.5, '60', true])(
	'40097: the delay_time %j',
	async (delay_time) => {
		await expectCode(invokeLater(sandbox, { delay_time }), 40097, 'invalid args');
	},
);

test.each(['[1]', '"text"', 'null', '{', 'name=Li', ' ', { name: 'Li' }, 5])(
	'-501007: the data %j is not the text of a JSON object',
	async (data) => {
		await expectCode(invokeLater(sandbox, { data }), -501007, 'not the text of a JSON object');
	},
);

test('-501007: a name that no function may have', async () => {
	await expectCode(invokeLater(sandbox, { function_name: '1echo' }), -501007, 'foramt invalid');
});

test('an environment or a function that does not exist, or is not for this token', async () => {
	await expectCode(invokeLater(sandbox, { env: 'nowhere' }), -501000, 'env not exists');
	await expectCode(invokeLater(sandbox, { function_name: 'gone' }), -501000, 'FUNCTION_NOT_FOUND');
	await expectCode(invokeLater(sandbox, { env: 'office-demo' }), -501005, 'invalid env');
	await expectCode(invokeLater(sandbox, { env: 'provider-demo' }), 48001, 'api unauthorized');
});

test('no body: 44002, no JSON: 47001', async () => {
	await expectCode(invokeLater(sandbox, {}, { body: undefined }), 44002, 'empty post data');
	await expectCode(invokeLater(sandbox, {}, { body: 'env=shop-demo' }), 47001, 'data format error');
});

test('the method is checked first, then the token, then the account, then the body', async () => {
	const nothing = { body: undefined, query: {} };
	await expectCode(invokeLater(sandbox, {}, { ...nothing, method: 'GET' }), 43002, '');
	await expectCode(invokeLater(sandbox, {}, nothing), 41001, '');
	const plain = { access_token: sandbox.tokens.issue('wx-sandbox-plain') };
	await expectCode(invokeLater(sandbox, {}, { ...nothing, query: plain }), 85088, '');
	const query = { access_token: sandbox.tokens.issue(SHOP.appid) };
	sandbox.tokens.expireAfter(1);
	await expectCode(invokeLater(sandbox, {}, { query }), 42001, '');
});

test('the fault of a function refuses the request, so it is not kept', async () => {
	sandbox.faults.set('echo', { errcode: 45009, times: 1 });
	await expectCode(invokeLater(sandbox), 45009, 'reach max api daily quota limit');
});

test('an instruction in the data refuses the request too, or is refused itself', async () => {
	const instruct = (sandboxField: object) => ({ data: JSON.stringify({ sandbox: sandboxField }) });
	await expectCode(invokeLater(sandbox, instruct({ errcode: -1 })), -1, 'system error');
	await expectCode(
		invokeLater(sandbox, instruct({ ercode: -1 })),
		-501007,
		'sandbox.ercode is not',
	);
});
