import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/server';
import { countTokenRequests, makeRows } from '../engine/counting';
import { useFreshSandbox } from '../engine/sandbox';
import { CREDENTIAL_ID, runInvoke, storeOf } from '../engine/invokeWorkflow';
import { PROVIDER } from '../engine/accounts';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const customer = (name: 'a' | 'b' | 'c'): ICredentialDataDecryptedObject => ({
	...PROVIDER,
	mode: 'authorizerAccessToken',
	authorizerAppId: `wx-sandbox-customer-${name}`,
	authorizerRefreshToken: `sandbox-dummy-refresh-${name}`,
});
const BATCH: ICredentialDataDecryptedObject = { ...PROVIDER, mode: 'componentAccessToken' };

const COMPONENT_PATH = '/cgi-bin/component/api_component_token';
const CUSTOMER_PATH = '/cgi-bin/component/api_authorizer_token';
const environmentOf = (name: 'a' | 'b' | 'c') => ({ environment: `customer-${name}-demo` });

test("a customer's function is called with the customer's token", async () => {
	const store = storeOf(sandbox.url, customer('a'));
	const { success } = await runInvoke({ store, rows: [{}], parameters: environmentOf('a') });
	expect(success).toEqual([{ userInfo: { appId: 'wx-sandbox-customer-a' } }]);
});

test("the service provider's own functions are called with its own token", async () => {
	const store = storeOf(sandbox.url, BATCH);
	const parameters = { environment: 'provider-demo' };
	const { success } = await runInvoke({ store, rows: [{}], parameters });
	expect(success).toEqual([{ userInfo: { appId: 'wx-sandbox-provider' } }]);
});

test("the service provider's token is kept and makes the tokens of all its customers", async () => {
	for (const name of ['a', 'b'] as const) {
		const store = storeOf(sandbox.url, customer(name));
		const { success } = await runInvoke({ store, rows: [{}], parameters: environmentOf(name) });
		expect(success).toEqual([{ userInfo: { appId: `wx-sandbox-customer-${name}` } }]);
		expect(store.get(CREDENTIAL_ID)).toMatchObject({
			componentAccessToken: expect.stringMatching(/^sandbox-token-/),
		});
	}
	expect(countTokenRequests(sandbox, COMPONENT_PATH)).toBe(1);
	expect(countTokenRequests(sandbox, CUSTOMER_PATH)).toBe(2);
});

test('a refresh token that comes back different replaces the old one', async () => {
	const store = storeOf(sandbox.url, customer('b'));
	const run = async () =>
		await runInvoke({ store, rows: makeRows(1), parameters: environmentOf('b') });
	await run();
	const first = store.get(CREDENTIAL_ID)?.renewedRefreshToken;
	expect(first).not.toBe('sandbox-dummy-refresh-b');
	sandbox.tokens.expire(String(store.get(CREDENTIAL_ID)?.accessToken));
	expect((await run()).success).toHaveLength(1);
	expect(store.get(CREDENTIAL_ID)?.renewedRefreshToken).not.toBe(first);
	expect(store.get(CREDENTIAL_ID)?.authorizerRefreshToken).toBe('sandbox-dummy-refresh-b');
});

test("a customer's token and the service provider's that end together are both renewed, and no item is lost", async () => {
	const store = storeOf(sandbox.url, customer('a'));
	const parameters = { ...environmentOf('a'), options: { concurrency: 10 } };
	await runInvoke({ store, rows: makeRows(1), parameters });
	sandbox.tokens.expireAll();
	const { success } = await runInvoke({ store, rows: makeRows(20), parameters });
	expect(success).toHaveLength(20);
	expect(countTokenRequests(sandbox, COMPONENT_PATH)).toBe(2);
	// The first with the service provider's old token, the second with its new one.
	expect(countTokenRequests(sandbox, CUSTOMER_PATH)).toBe(3);
});

test('the next ticket does not end the token', async () => {
	const store = storeOf(sandbox.url, BATCH);
	const parameters = { environment: 'provider-demo' };
	await runInvoke({ store, rows: makeRows(1), parameters });
	const stored = store.get(CREDENTIAL_ID);
	store.set(CREDENTIAL_ID, { ...stored, componentTicketSecret: 'sandbox-dummy-next' });
	const { success } = await runInvoke({ store, rows: makeRows(1), parameters });
	expect(success).toHaveLength(1);
});

describe('errors of a request for a token, each with its cause and the step to take', () => {
	test.each<[number, ICredentialDataDecryptedObject, RegExp]>([
		[61005, { ...BATCH, componentTicketSecret: 'sandbox-dummy-ticket-old' }, /ticket has expired/],
		[61006, { ...BATCH, componentTicketSecret: 'sandbox-dummy-bad' }, /ticket is not valid/],
		[61011, { ...BATCH, componentAppId: 'wx-sandbox-nobody' }, /component App ID or its secret/],
		[40125, { ...BATCH, componentAppSecret: 'sandbox-dummy-bad' }, /AppSecret is wrong/],
		[
			61004,
			{
				...BATCH,
				componentAppId: 'wx-sandbox-provider-office',
				componentAppSecret: 'sandbox-dummy-component-office',
				componentTicketSecret: 'sandbox-dummy-ticket-office',
			},
			/not registered for the service provider \(127\.0\.0\.1\)/,
		],
		[
			61023,
			{ ...customer('a'), authorizerRefreshToken: 'sandbox-dummy-bad' },
			/refresh token is not valid/,
		],
		[61003, customer('c'), /has not authorized this service provider/],
	])('%i', async (errcode, credential, reason) => {
		const { error } = await runInvoke({
			store: storeOf(sandbox.url, credential),
			rows: makeRows(2),
		});
		expect(error).toHaveLength(2);
		expect(error[0].error).toMatchObject({
			errcode,
			category: 'credential-invalid',
			attempts: 0,
			mayHaveRun: false,
			message: expect.stringMatching(reason),
			hint: expect.stringMatching(/\.$/),
		});
	});
});
