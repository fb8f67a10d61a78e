import type { INodeParameterResourceLocator } from 'n8n-workflow';
import type { Sandbox } from '../../../../sandbox/server';
import { countTokenRequests } from '../../../engine/counting';
import { useFreshSandbox } from '../../../engine/sandbox';
import { storeOf } from '../../../engine/invokeWorkflow';
import { listNames, openList } from './openList';
import { PROVIDER, SHOP_APP } from '../../../engine/accounts';

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const MODES = {
	accessToken: SHOP_APP,
	authorizerAccessToken: {
		...PROVIDER,
		mode: 'authorizerAccessToken',
		authorizerAppId: 'wx-sandbox-customer-a',
		authorizerRefreshToken: 'sandbox-dummy-refresh-a',
	},
	componentAccessToken: { ...PROVIDER, mode: 'componentAccessToken' },
} as const;

const environmentOf = (
	value: INodeParameterResourceLocator['value'],
	mode = 'list',
): INodeParameterResourceLocator => ({ __rl: true, mode, value });

function addFunctions(count: number): void {
	sandbox.functionList.add(Array.from({ length: count }, (_, i) => ({ name: `added${i + 1}` })));
}

const countCalls = (path: string) => sandbox.log.filter((request) => request.path === path).length;

test.each([
	['accessToken', ['Shop (shop-demo)', 'Old shop (shop-old, UNAVAILABLE)']],
	['authorizerAccessToken', ['customer-a-demo']],
	['componentAccessToken', ['Provider (provider-demo)']],
] as const)('%s: the environments are listed, usable ones first', async (mode, names) => {
	const store = storeOf(sandbox.url, MODES[mode]);
	expect(await listNames({ store, method: 'searchEnvironments' })).toEqual(names);
});

test.each([
	['accessToken', 'shop-demo'],
	['authorizerAccessToken', 'customer-a-demo'],
	['componentAccessToken', 'provider-demo'],
] as const)(
	'%s: the functions are listed by name, with what is not as usual, broken ones last',
	async (mode, id) => {
		const store = storeOf(sandbox.url, MODES[mode]);
		const step = { store, method: 'searchFunctions', environment: environmentOf(id) } as const;
		const { results, paginationToken } = await openList(step);
		expect(results.map(({ name }) => name)).toEqual([
			...[...sandbox.functionNames, 'newCoupon (Updating)'].sort(),
			'oldReport (broken: CreateFailed)',
		]);
		expect(results.map(({ value }) => value)).toContain('oldReport');
		expect(paginationToken).toBeUndefined();
		expect(await listNames({ ...step, filter: 'REPORT' })).toEqual(
			mode === 'componentAccessToken'
				? []
				: ['dailyReport', 'monthlyReport', 'oldReport (broken: CreateFailed)'],
		);
		expect(await listNames({ ...step, filter: ' Report ' })).toHaveLength(3);
	},
);

test('environments are found by their alias and by their ID', async () => {
	const step = { store: storeOf(sandbox.url), method: 'searchEnvironments' } as const;
	expect(await listNames({ ...step, filter: 'OLD SHOP' })).toHaveLength(1);
	expect(await listNames({ ...step, filter: 'shop-de' })).toEqual(['Shop (shop-demo)']);
	expect(await listNames({ ...step, filter: 'nothing' })).toEqual([]);
});

test('each environment and each function has its page in the CloudBase console', async () => {
	const store = storeOf(sandbox.url);
	const environments = await openList({ store, method: 'searchEnvironments', filter: 'shop-demo' });
	const functions = await openList({ store, method: 'searchFunctions', filter: 'signUp' });
	const console = 'https://tcb.cloud.tencent.com/dev?envId=shop-demo#';
	expect([...environments.results, ...functions.results].map(({ url }) => url)).toEqual([
		`${console}/overview`,
		`${console}/scf/detail?id=signUp&NameSpace=shop-demo`,
	]);
});

test('130 functions more come on two pages, each once', async () => {
	addFunctions(130);
	const step = { store: storeOf(sandbox.url), method: 'searchFunctions' } as const;
	const first = await openList(step);
	expect(first.results).toHaveLength(100);
	expect(first.paginationToken).toBe('100');
	const second = await openList({ ...step, paginationToken: first.paginationToken });
	expect(second.paginationToken).toBeUndefined();
	const values = [...first.results, ...second.results].map(({ value }) => value);
	expect(values).toHaveLength(sandbox.functionNames.length + 2 + 130);
	expect(new Set(values).size).toBe(values.length);
	expect(values).toContain('added130');
});

test('a search reads to the end of the list where WeChat can not search, and goes on after a thousand', async () => {
	addFunctions(1100);
	const step = { store: storeOf(sandbox.url), method: 'searchFunctions' } as const;
	const first = await openList({ ...step, filter: 'added1000' });
	expect(first).toEqual({ results: [], paginationToken: '1000' });
	expect(countCalls('/tcb/listfunctions')).toBe(50);
	const { paginationToken } = first;
	const rest = await openList({ ...step, filter: 'added1000', paginationToken });
	expect(rest.results.map(({ value }) => value)).toEqual(['added1000']);
	expect(rest.paginationToken).toBeUndefined();
});

test('a search that WeChat can do takes one request', async () => {
	addFunctions(400);
	const store = storeOf(sandbox.url, MODES.componentAccessToken);
	const environment = environmentOf('provider-demo');
	const step = { store, method: 'searchFunctions', environment, filter: 'added40' } as const;
	expect(await listNames(step)).toEqual(['added40', 'added400']);
	expect(countCalls('/componenttcb/getscflist')).toBe(1);
});

test('a list keeps its token with the credential, and renews one that has expired', async () => {
	const step = { store: storeOf(sandbox.url), method: 'searchEnvironments' } as const;
	await openList(step);
	await openList(step);
	expect(countTokenRequests(sandbox)).toBe(1);
	sandbox.tokens.expireAll();
	expect(await listNames(step)).toHaveLength(2);
	expect(countTokenRequests(sandbox)).toBe(2);
});
