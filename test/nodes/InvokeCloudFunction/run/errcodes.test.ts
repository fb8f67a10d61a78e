import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';
import { startQueryDroppingProxy } from '../../../engine/proxy';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const fixed = (fixedToken: string): ICredentialDataDecryptedObject => ({
	source: 'fixed',
	fixedToken,
});

async function failureOf(
	row: Record<string, unknown>,
	credential?: ICredentialDataDecryptedObject,
	url = sandbox.url,
) {
	const { success, error } = await runInvoke({ store: storeOf(url, credential), rows: [row] });
	expect(success).toEqual([]);
	expect(error).toHaveLength(1);
	return error[0];
}

describe("the eight codes of WeChat's page, on the error branch", () => {
	test('40014: a token WeChat does not know', async () => {
		const { error } = await failureOf({}, fixed('sandbox-dummy-token'));
		expect(error).toMatchObject({
			errcode: 40014,
			category: 'credential-invalid',
			mayHaveRun: false,
		});
	});

	test('42001: a token that has expired', async () => {
		const token = sandbox.tokens.issue('wx-sandbox-shop');
		sandbox.tokens.expireAll();
		const { error } = await failureOf({}, fixed(token));
		expect(error).toMatchObject({ errcode: 42001, category: 'credential-invalid' });
	});

	test('85088: cloud development is not opened for the app', async () => {
		const { error } = await failureOf(
			{},
			{ appId: 'wx-sandbox-plain', appSecret: 'sandbox-dummy-secret-plain' },
		);
		expect(error).toMatchObject({ errcode: 85088, category: 'configuration-invalid' });
	});

	test('40101: a proxy that loses the function name', async () => {
		const proxy = await startQueryDroppingProxy(sandbox.url, 'name');
		const { error } = await failureOf({}, undefined, proxy.url);
		await proxy.close();
		expect(error).toMatchObject({ errcode: 40101, category: 'configuration-invalid' });
	});

	test.each([
		[-1, 'temporarily-unavailable', true],
		[43002, 'configuration-invalid', false],
		[44002, 'configuration-invalid', false],
	])('%i: on instruction to the sandbox', async (errcode, category, retryable) => {
		const { error } = await failureOf({ sandbox: { errcode } });
		const attempts = retryable ? 3 : 1;
		expect(error).toMatchObject({ errcode, category, retryable, mayHaveRun: false, attempts });
	});

	test('41001: on instruction to the sandbox, with a token that cannot be renewed', async () => {
		const token = sandbox.tokens.issue('wx-sandbox-shop');
		const { error } = await failureOf({ sandbox: { errcode: 41001 } }, fixed(token));
		expect(error).toMatchObject({ errcode: 41001, category: 'credential-invalid', attempts: 1 });
	});
});

test('a failure holds exactly the documented fields beside those of its item', async () => {
	const row = { order: 5, sandbox: { errcode: 45009 } };
	const { error, ...fields } = await failureOf(row);
	expect(fields).toEqual(row);
	expect(error).toEqual({
		message: '"echo" was not run: the daily quota of this API is used up.',
		errcode: 45009,
		errmsg: expect.stringMatching(/ rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/),
		category: 'quota-exhausted',
		retryable: true,
		mayHaveRun: false,
		attempts: 1,
		hint: 'Wait until tomorrow, or clear the quota in the WeChat console.',
		rid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/),
		environment: 'shop-demo',
		function: 'echo',
	});
});

describe('what is known about whether the function ran', () => {
	test.each([
		[
			'an answer that is none of WeChat',
			{ status: 502, body: '<html>Bad Gateway</html>' },
			'HTTP 502: <html>Bad Gateway</html>',
		],
		['an empty answer', { status: 200, body: '' }, 'HTTP 200: (empty answer)'],
		['a broken connection', { reset: true }, ''],
	])('%s: it may have run', async (_, instruction, errmsg) => {
		const { error } = await failureOf({ sandbox: instruction });
		expect(error).toMatchObject({
			errcode: null,
			errmsg,
			category: 'outcome-unknown',
			mayHaveRun: true,
		});
	});

	test('no answer within the time limit of the node: it may have run', async () => {
		const { error } = await runInvoke({
			store: storeOf(sandbox.url),
			rows: [{ sandbox: { hang: true } }],
			parameters: { options: { timeout: 200 } },
		});
		expect(error[0].error).toMatchObject({ errcode: null, category: 'outcome-unknown' });
		expect(error[0].error.message).toBe(
			'"echo" may have run: no answer came within the time limit of this node.',
		);
	});

	test('a host that refuses the connection: it did not run', async () => {
		const closed = await startQueryDroppingProxy(sandbox.url, 'name');
		await closed.close();
		const { error } = await failureOf({}, fixed('sandbox-dummy-token'), closed.url);
		expect(error).toMatchObject({ category: 'temporarily-unavailable', mayHaveRun: false });
	});

	test.each([
		['in errmsg', {}],
		['in resp_data', { sandbox: { thrownErrorAs: 'resp_data' } }],
	])('an error thrown by the function, told %s: it ran', async (_, instruction) => {
		const { success, error } = await runInvoke({
			store: storeOf(sandbox.url),
			rows: [{ name: 'Li Lei', phone: '123', plan: 'basic', ...instruction }],
			parameters: { functionName: 'signUp' },
		});
		expect(success).toEqual([]);
		expect(error[0].error).toMatchObject({ category: 'function-error', mayHaveRun: true });
		expect(error[0].error.message).toMatch(/^"signUp" ran and failed: .*11 digits/);
	});
});

test.each([
	['an unknown environment', { environment: 'no-such-env' }, 'there is no such environment'],
	[
		'an unknown function',
		{ functionName: 'noSuchFunction' },
		'there is no function of this name in the environment',
	],
])('%s is told by its text, though the code is the same', async (_, parameters, reason) => {
	const { error } = await runInvoke({ store: storeOf(sandbox.url), rows: [{}], parameters });
	expect(error[0].error).toMatchObject({ errcode: -501000, category: 'configuration-invalid' });
	expect(error[0].error.message).toContain(reason);
});
