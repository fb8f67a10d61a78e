/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { StoredWorkflow } from '../../n8n/commands';
import { listItems } from '../../n8n/execution';
import { openInstance, type N8nInstance } from '../../n8n/instance';
import { countTokenRequests, makeRows } from '../engine/counting';
import { PROVIDER, SHOP_APP } from '../engine/accounts';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from './harness/realN8n';
import { buildRowsWorkflow } from './harness/workflows/rowsWorkflow';
import { testSince, tokenOnly } from './harness/testSince';

jest.setTimeout(TEST_TIMEOUT_MS);

let real: RealN8n;
/** A second n8n process on the same database. */
let other: N8nInstance;

beforeAll(async () => {
	real = await openRealN8n();
	const { n8n, sandbox } = real;
	other = await openInstance({ installation: real.installation, userFolder: n8n.userFolder });
	await n8n.importCredentials([
		credentialOf('fresh', sandbox.url, SHOP_APP),
		credentialOf('shared', sandbox.url, SHOP_APP),
		credentialOf('customer', sandbox.url, {
			...PROVIDER,
			mode: 'authorizerAccessToken',
			authorizerAppId: 'wx-sandbox-customer-b',
			authorizerRefreshToken: 'sandbox-dummy-refresh-b',
		}),
		credentialOf('wrong', sandbox.url, { ...SHOP_APP, appSecret: 'sandbox-dummy-wrong' }),
		credentialOf('unreachable', 'http://127.0.0.1:1', SHOP_APP),
		credentialOf('server', sandbox.url, {
			source: 'tokenServer',
			tokenServerUrl: `${sandbox.url}/token-server/token?key=sandbox-dummy-url-key`,
			tokenServerAuthorization: 'Bearer sandbox-dummy-bad-key',
		}),
	]);
	await n8n.importWorkflows([
		buildRowsWorkflow({
			id: 'fresh1',
			credentialId: 'fresh',
			rows: makeRows(40),
			parameters: { options: { concurrency: 10 } },
		}),
		buildRowsWorkflow({ id: 'shared1', credentialId: 'shared', rows: makeRows(10) }),
		buildRowsWorkflow({ id: 'shared2', credentialId: 'shared', rows: makeRows(10) }),
		buildRowsWorkflow({
			id: 'customer1',
			credentialId: 'customer',
			rows: [{}],
			parameters: { environment: 'customer-b-demo' },
		}),
	]);
}, OPEN_TIMEOUT_MS);

afterAll(async () => {
	await other.stop();
	await real.close();
});

test('40 items, ten at a time, with a token that dies at the 12th: 40 successes, one refresh', async () => {
	real.sandbox.tokens.expireAfter(12);
	const execution = await real.n8n.execute('fresh1');
	expect(listItems(execution, 'Success')).toHaveLength(40);
	expect(listItems(execution, 'Error')).toEqual([]);
	expect(countTokenRequests(real.sandbox)).toBe(2);
});

testSince(
	tokenOnly,
	"a customer's changed refresh token is kept and used by the next process",
	async () => {
		const runOnce = async () => {
			const execution = await real.n8n.execute('customer1');
			expect(listItems(execution, 'Success')).toEqual([
				{ userInfo: { appId: 'wx-sandbox-customer-b' } },
			]);
		};
		await runOnce();
		real.sandbox.tokens.expireAll();
		await runOnce();
	},
);

testSince(
	tokenOnly,
	'two n8n processes on one database: at most one request each, and no token ends for the other',
	async () => {
		const runBoth = async () => {
			const before = countTokenRequests(real.sandbox);
			const executions = await Promise.all([real.n8n.execute('shared1'), other.execute('shared2')]);
			for (const execution of executions) expect(listItems(execution, 'Success')).toHaveLength(10);
			return countTokenRequests(real.sandbox) - before;
		};
		const onEmptyCredential = await runBoth();
		expect(onEmptyCredential).toBeGreaterThanOrEqual(1);
		expect(onEmptyCredential).toBeLessThanOrEqual(2);
		expect(await runBoth()).toBe(0);
		real.sandbox.tokens.expireAll();
		expect(await runBoth()).toBeLessThanOrEqual(2);
		expect(await runBoth()).toBe(0);
	},
);

test('no token, secret, ticket or refresh token in the database, the log or any output, whatever fails', async () => {
	const { n8n, sandbox } = real;
	const faults = [
		{ reset: true },
		{ errcode: 40001 },
		{ status: 500, body: 'access_token=of-somebody' },
	];
	const rows = faults.map((sandboxField) => ({ sandbox: sandboxField }));
	const workflows: StoredWorkflow[] = [
		'fresh',
		'customer',
		'wrong',
		'unreachable',
		'server',
	].flatMap((credentialId) =>
		(['stopWorkflow', 'continueErrorOutput'] as const).map((onError) => ({
			...buildRowsWorkflow({
				id: `leak-${credentialId}-${onError}-1`,
				credentialId,
				rows,
				parameters: { environment: credentialId === 'customer' ? 'customer-b-demo' : 'shop-demo' },
				onError,
			}),
			settings: {
				executionOrder: 'v1',
				saveDataErrorExecution: 'all',
				saveDataSuccessExecution: 'all',
			},
		})),
	);
	await n8n.importWorkflows(workflows);
	const executions = await n8n.executeBatch(workflows.map(({ id }) => id));
	const outputs = [...executions.values()].map((execution) => JSON.stringify(execution));
	expect(outputs).toHaveLength(workflows.length);
	expect(outputs.join('\n')).toContain('was not run');

	const tokens = sandbox.tokens.listAll();
	expect(tokens.length).toBeGreaterThan(3);
	const secrets = [
		...tokens,
		...[SHOP_APP.appSecret, 'sandbox-dummy-wrong', 'sandbox-dummy-refresh-b'],
		...[PROVIDER.componentAppSecret, PROVIDER.componentTicketSecret],
		...['sandbox-dummy-bad-key', 'sandbox-dummy-url-key'],
	];
	const folder = path.join(n8n.userFolder, '.n8n');
	const files = (await readdir(folder)).filter((name) => /sqlite|log/.test(name));
	expect(files).toContain('database.sqlite');
	const contents = await Promise.all(
		files.map(async (name) => await readFile(path.join(folder, name), 'latin1')),
	);
	// The executions are really in there.
	expect(contents.join('')).toContain('the AppSecret is wrong');
	for (const text of [...contents, ...outputs]) {
		expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
	}
});
