import type { Sandbox } from '../../../../sandbox/server';
import { countTokenRequests } from '../../../engine/counting';
import { useFreshSandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf, type Step } from '../../../engine/invokeWorkflow';
import {
	CUSTOMERS_CREDENTIAL,
	PROVIDER_CREDENTIAL,
	runPlatform,
} from '../../../engine/platformWorkflow';
import { PROVIDER } from '../../../engine/accounts';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const COMPONENT_PATH = '/cgi-bin/component/api_component_token';
const CUSTOMER_PATH = '/cgi-bin/component/api_authorizer_token';

interface Customer {
	authorizerAppid: string;
	authorizerRefreshToken: string;
}

/** New customers, read as a service provider reads them. */
async function authorizeCustomers(count: number): Promise<Customer[]> {
	const { componentAppId } = PROVIDER;
	const pushes = Array.from({ length: count }, async () =>
		sandbox.pushes.authorize(componentAppId),
	);
	const appIds = (await Promise.all(pushes)).map(({ appId }) => appId);
	const store = storeOf(sandbox.url, PROVIDER_CREDENTIAL);
	const parameters = { operation: 'getManyAuthorizations', returnAll: true };
	const { success } = await runPlatform(store, [{}], parameters);
	return (success as unknown as Customer[]).filter(({ authorizerAppid }) =>
		appIds.includes(authorizerAppid),
	);
}

/** Every customer's function `echo`, called with the customer's own token, tells whose it was. */
async function invokeForAll(customers: Customer[], options: object = {}, more: Partial<Step> = {}) {
	return await runInvoke({
		store: storeOf(sandbox.url, CUSTOMERS_CREDENTIAL),
		rows: customers,
		parameters: {
			environment: "={{ $json.authorizerAppid.replace('wx-sandbox-', '') }}-demo",
			requestData: 'fields',
			requestFields: {
				assignments: [
					{ id: 'a', name: 'of', value: '={{ $json.authorizerAppid }}', type: 'string' },
				],
			},
			options: { credentialPerItem: true, ...options },
			...more.parameters,
		},
	});
}

test("a hundred customers, fifty at a time, ten runs: each result is its own customer's", async () => {
	const customers = await authorizeCustomers(100);
	expect(customers).toHaveLength(100);
	for (let run = 1; run <= 10; run++) {
		// Half of the runs begin with tokens that WeChat refuses.
		if (run % 2 === 0) sandbox.tokens.expireAll();
		const { success } = await invokeForAll(customers, { concurrency: 50 });
		const own = customers.map(({ authorizerAppid: appId }) => ({ of: appId, userInfo: { appId } }));
		expect(success).toEqual(own);
	}
	const requests = sandbox.log.filter(({ path }) => path === CUSTOMER_PATH);
	expect(requests.filter(({ errcode }) => errcode === 0)).toHaveLength(600);
	// Refused were at most those under way when the service provider's own token was found to be refused.
	expect(requests.length).toBeLessThanOrEqual(600 + 5 * 50);
	expect(countTokenRequests(sandbox, COMPONENT_PATH)).toBe(6);
}, 120_000);

test("one customer's refused authorization keeps no other back", async () => {
	const [first, second, third] = await authorizeCustomers(3);
	const revoked = { ...second, authorizerRefreshToken: 'sandbox-dummy-refresh-wrong' };
	const rows = [revoked, first, revoked, third];
	const { success, error } = await invokeForAll(rows, { concurrency: 1 });
	expect(success.map((item) => (item as { of: string }).of)).toEqual([
		first.authorizerAppid,
		third.authorizerAppid,
	]);
	expect(error.map(({ error: { errcode, attempts } }) => [errcode, attempts])).toEqual([
		[61023, 0],
		[61023, 0],
	]);
});

test('items of different customers never share a batch', async () => {
	const [first, second] = await authorizeCustomers(2);
	const { success } = await invokeForAll([first, second, first, second, first], {}, {
		parameters: { invoke: 'oncePerBatch', batchSize: 10 },
	} as Partial<Step>);
	const appIds = (success as Array<{ items: Array<{ of: string }>; userInfo: { appId: string } }>)
		.map(({ items, userInfo }) => [userInfo.appId, ...items.map(({ of }) => of)])
		.sort();
	expect(appIds).toEqual([
		Array(4).fill(first.authorizerAppid),
		Array(3).fill(second.authorizerAppid),
	]);
});
