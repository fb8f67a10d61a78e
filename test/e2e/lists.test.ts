import type { ListPage, ListToOpen, Session } from '../../n8n/session';
import { openOwnSession } from './harness/owner';
import { countTokenRequests } from '../engine/counting';
import { PROVIDER, SHOP_APP } from '../engine/accounts';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from './harness/realN8n';

jest.setTimeout(TEST_TIMEOUT_MS);

const NODE_TYPE = 'n8n-nodes-wechat-cloud-function.invokeCloudFunction';

let real: RealN8n;
let session: Session;

beforeAll(async () => {
	real = await openRealN8n();
	const { n8n, sandbox } = real;
	await n8n.importCredentials([
		credentialOf('shop', sandbox.url, SHOP_APP),
		credentialOf('customer', sandbox.url, {
			...PROVIDER,
			mode: 'authorizerAccessToken',
			authorizerAppId: 'wx-sandbox-customer-a',
			authorizerRefreshToken: 'sandbox-dummy-refresh-a',
		}),
		credentialOf('provider', sandbox.url, { ...PROVIDER, mode: 'componentAccessToken' }),
	]);
	const server = await n8n.start();
	session = await openOwnSession(server.url);
}, OPEN_TIMEOUT_MS);

afterEach(() => {
	real.sandbox.faults.clear();
	real.sandbox.functionList.reset();
});

afterAll(async () => await real.close());

async function open(
	credentialId: string,
	parameter: 'environment' | 'functionName',
	environment: unknown,
	more: Partial<ListToOpen> = {},
): Promise<ListPage> {
	return await session.openList({
		nodeType: NODE_TYPE,
		parameter,
		method: parameter === 'environment' ? 'searchEnvironments' : 'searchFunctions',
		parameters: {
			environment: { __rl: true, mode: 'list', value: environment },
			functionName: { __rl: true, mode: 'list', value: '' },
		},
		credentialType: 'weChatCloudFunctionApi',
		credentialId,
		...more,
	});
}

const names = ({ results }: ListPage) => results.map(({ name }) => name);

test.each([
	['shop', 'shop-demo', ['Shop (shop-demo)', 'Old shop (shop-old, UNAVAILABLE)']],
	['customer', 'customer-a-demo', ['customer-a-demo']],
	['provider', 'provider-demo', ['Provider (provider-demo)']],
])(
	'the lists of the credential "%s": environments, functions with their state, and a search',
	async (credentialId, environment, environments) => {
		expect(names(await open(credentialId, 'environment', ''))).toEqual(environments);
		expect(names(await open(credentialId, 'functionName', environment))).toEqual([
			...[...real.sandbox.functionNames, 'newCoupon (Updating)'].sort(),
			'oldReport (broken: CreateFailed)',
		]);
		const found = await open(credentialId, 'functionName', environment, { filter: 'Report' });
		expect(names(found)).toEqual([
			'dailyReport',
			'monthlyReport',
			'oldReport (broken: CreateFailed)',
		]);
	},
);

test('the node as a tool of an AI Agent has the same lists', async () => {
	const nodeType = `${NODE_TYPE}Tool`;
	expect(names(await open('shop', 'environment', '', { nodeType }))).toHaveLength(2);
	expect(names(await open('shop', 'functionName', 'shop-demo', { nodeType }))).toContain('echo');
});

test('130 functions more come on two pages', async () => {
	const added = Array.from({ length: 130 }, (_, i) => ({ name: `added${i + 1}` }));
	real.sandbox.functionList.add(added);
	const first = await open('shop', 'functionName', 'shop-demo');
	const { paginationToken } = first;
	expect(paginationToken).toEqual(expect.any(String));
	const second = await open('shop', 'functionName', 'shop-demo', { paginationToken });
	expect(second.paginationToken).toBeUndefined();
	const values = [...first.results, ...second.results].map(({ value }) => value);
	expect(new Set(values).size).toBe(values.length);
	expect(values).toHaveLength(real.sandbox.functionNames.length + 2 + 130);
});

test('a token that has expired is renewed once, and kept', async () => {
	await open('shop', 'environment', '');
	const before = countTokenRequests(real.sandbox);
	real.sandbox.tokens.expireAll();
	expect(names(await open('shop', 'environment', ''))).toHaveLength(2);
	expect(names(await open('shop', 'functionName', 'shop-demo'))).toContain('echo');
	expect(countTokenRequests(real.sandbox) - before).toBe(1);
});

test('where WeChat refuses a list, n8n gets its code and the reason', async () => {
	real.sandbox.faults.set('listfunctions', { errcode: 48001 });
	await expect(open('shop', 'functionName', 'shop-demo')).rejects.toThrow(
		'This account may not read lists with this kind of token.',
	);
	real.sandbox.faults.set('getenvinfo', { errcode: -1 });
	await expect(open('customer', 'environment', '')).rejects.toThrow("WeChat's system is busy.");
	await expect(open('shop', 'functionName', '')).rejects.toThrow('Choose an environment first.');
});
