import type { Sandbox } from '../../../sandbox/server';
import { useFreshSandbox } from '../../engine/sandbox';
import { runInvoke, storeOf } from '../../engine/invokeWorkflow';
import {
	CUSTOMERS_CREDENTIAL,
	PROVIDER_CREDENTIAL,
	runPlatform,
} from '../../engine/platformWorkflow';
import { PROVIDER } from '../../engine/accounts';
import { openPush, startReceiver, type Receiver } from '../../sandbox/openPlatform/receiver';

const FIRST_CUSTOMER = 'wx-sandbox-customer-1';

let sandbox: Sandbox;
let receiver: Receiver;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});
beforeEach(async () => {
	receiver = await startReceiver();
	sandbox.pushes.setEventUrl(PROVIDER.componentAppId, receiver.url);
});
afterEach(async () => await receiver.close());

const run = async (parameters: object, rows: object[] = [{}], fields = PROVIDER_CREDENTIAL) =>
	await runPlatform(storeOf(sandbox.url, fields), rows as never, parameters as never);

/** A new customer's authorization code, as WeChat pushes it. */
async function authorize(): Promise<string> {
	await sandbox.pushes.authorize(PROVIDER.componentAppId);
	const push = receiver.received.at(-1);
	if (push === undefined) throw new Error('Nothing was pushed.');
	return openPush(push).AuthorizationCode;
}

test("an authorization code becomes the customer's refresh token, with which its functions run", async () => {
	const row = { code: await authorize() };
	const parameters = { operation: 'getAuthorization', authorizationCode: '={{ $json.code }}' };
	const { success } = await run(parameters, [row]);
	expect(success).toEqual([
		{
			authorizerAppid: FIRST_CUSTOMER,
			authorizerRefreshToken: expect.stringMatching(/^sandbox-refresh-/),
			permissionSets: expect.arrayContaining([49]),
		},
	]);
	const invoked = await runInvoke({
		store: storeOf(sandbox.url, CUSTOMERS_CREDENTIAL),
		rows: success,
		parameters: { environment: 'customer-1-demo', requestData: 'json', requestJson: '{}' },
	});
	expect(invoked.success).toEqual([{ userInfo: { appId: FIRST_CUSTOMER } }]);
});

test('a code that was used fails alone, says so, and keeps its item', async () => {
	const used = await authorize();
	const parameters = { operation: 'getAuthorization', authorizationCode: '={{ $json.code }}' };
	await run(parameters, [{ code: used }]);
	const { success, error } = await run(parameters, [{ code: used }, { code: await authorize() }]);
	expect(success).toHaveLength(1);
	expect(error).toEqual([
		{
			code: used,
			error: {
				message: 'The authorization code has expired or was used before.',
				errcode: 61010,
				errmsg: expect.any(String),
				category: 'configuration-invalid',
				retryable: false,
				hint: expect.stringContaining('Get Many Authorizations'),
			},
		},
	]);
});

test('On Error: Stop Workflow stops with the same words', async () => {
	const store = storeOf(sandbox.url, PROVIDER_CREDENTIAL);
	const parameters = { operation: 'getAuthorization', authorizationCode: 'sandbox-dummy-code' };
	const { run: result } = await runPlatform(store, [{}], parameters, 'stopWorkflow');
	expect(result.data.resultData.error).toMatchObject({
		message: 'The authorization code has expired or was used before.',
		description: expect.stringContaining('Get Many Authorizations'),
	});
});

test.each([
	['up to a limit', { limit: 3 }, 3],
	['all, however many', { returnAll: true }, 602],
])('many authorizations: %s', async (_, parameters, count) => {
	sandbox.pushes.setEventUrl(PROVIDER.componentAppId, undefined);
	const pushes = Array.from({ length: 600 }, async () => {
		await sandbox.pushes.authorize(PROVIDER.componentAppId);
	});
	await Promise.all(pushes);
	const { success } = await run({ operation: 'getManyAuthorizations', ...parameters });
	expect(new Set(success.map(({ authorizerAppid }) => authorizerAppid)).size).toBe(count);
	expect(success[0]).toEqual({
		authorizerAppid: 'wx-sandbox-customer-a',
		authorizerRefreshToken: 'sandbox-dummy-refresh-a',
		authTime: expect.any(Number),
	});
});

test('ticket pushes start without a ticket or a token', async () => {
	const fields = { ...PROVIDER_CREDENTIAL, componentTicketSecret: '' };
	const { success } = await run({ operation: 'startTicketPushes' }, [{}], fields);
	expect(success).toEqual([
		{ componentAppid: PROVIDER.componentAppId, started: true, wasRunning: false },
	]);
	expect(sandbox.log.some(({ path }) => path === '/cgi-bin/component/api_component_token')).toBe(
		false,
	);
});

test('a link is made with a code of its own each time', async () => {
	const link = { operation: 'getAuthorizationLink', redirectUrl: 'https://www.example.com/' };
	const { success } = await run(link, [{}, {}]);
	const codes = success.map(({ authorizationUrl }) =>
		new URL(String(authorizationUrl)).searchParams.get('pre_auth_code'),
	);
	expect(codes).toEqual(codes.map(() => expect.stringMatching(/^preauthcode@@@/)));
	expect(new Set(codes).size).toBe(2);
});

test("the service provider's token is renewed once when WeChat refuses it", async () => {
	const store = storeOf(sandbox.url, PROVIDER_CREDENTIAL);
	const parameters = { operation: 'getManyAuthorizations', limit: 1 };
	await runPlatform(store, [{}], parameters);
	sandbox.tokens.expireAll();
	expect((await runPlatform(store, [{}], parameters)).success).toHaveLength(1);
});

test.each([
	['of a mini program', { mode: 'accessToken' }, /not one of a service provider/],
	['without a ticket', { componentTicketSecret: '' }, /no Component Verify Ticket/],
	['with a wrong secret', { componentAppSecret: 'sandbox-dummy-wrong' }, /AppSecret/],
])('a credential %s fails with what to do', async (_, fields, message) => {
	const credential = { ...PROVIDER_CREDENTIAL, ...fields };
	const { error } = await run({ operation: 'getManyAuthorizations' }, [{}], credential);
	expect(error[0].error.message).toMatch(message);
	expect(JSON.stringify(error)).not.toContain('sandbox-dummy');
});
