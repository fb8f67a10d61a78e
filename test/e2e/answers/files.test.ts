import { listItems, type Execution, type Json } from '../../../n8n/execution';
import type { StoredWorkflow } from '../../../n8n/commands';
import { PROVIDER, SHOP_APP } from '../../engine/accounts';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from '../harness/realN8n';
import { buildRowsWorkflow } from '../harness/workflows/rowsWorkflow';

jest.setTimeout(TEST_TIMEOUT_MS);

const MODES = [
	{
		id: 'app1',
		environment: 'shop-demo',
		fields: SHOP_APP,
	},
	{
		id: 'authorizer1',
		environment: 'customer-a-demo',
		fields: {
			...PROVIDER,
			mode: 'authorizerAccessToken',
			authorizerAppId: 'wx-sandbox-customer-a',
			authorizerRefreshToken: 'sandbox-dummy-refresh-a',
		},
	},
	{
		id: 'component1',
		environment: 'provider-demo',
		fields: { ...PROVIDER, mode: 'componentAccessToken' },
	},
];

/** A function writes a file, which comes as binary data and goes to a function that reads it. */
function buildRoundTrip({ id, environment }: (typeof MODES)[number]): StoredWorkflow {
	const workflow = buildRowsWorkflow({
		...{ id, credentialId: id, rows: [{ date: '2025-03-02' }] },
		parameters: {
			...{ environment, functionName: 'salesFile' },
			options: { downloadFiles: 'report' },
		},
	});
	const find = (name: string) => workflow.nodes.find((node) => node.name === name) as Json;
	const { type, credentials, parameters } = find('Invoke');
	Object.assign(find('Success'), {
		...{ type, credentials },
		parameters: {
			...(parameters as Json),
			functionName: { __rl: true, mode: 'name', value: 'checkPhoto' },
			options: { sendFiles: true },
		},
	});
	return workflow;
}

let real: RealN8n;
let executions: Map<string, Execution>;

beforeAll(async () => {
	real = await openRealN8n();
	const { n8n, sandbox } = real;
	await n8n.importCredentials(MODES.map(({ id, fields }) => credentialOf(id, sandbox.url, fields)));
	await n8n.importWorkflows(MODES.map(buildRoundTrip));
	executions = await n8n.executeBatch(MODES.map(({ id }) => id));
}, OPEN_TIMEOUT_MS);

afterAll(async () => await real.close());

test.each(MODES)('$id: every byte of a file comes and goes, name and type included', (mode) => {
	const execution = executions.get(mode.id) as Execution;
	const stored = real.sandbox.storage.list().filter(({ env }) => env === mode.environment);
	const [{ sha256, bytes }] = stored;
	expect(stored).toMatchObject([
		{ path: 'reports/sales 2025-03-02.csv' },
		{ path: expect.stringMatching(/^n8n\/.*\/sales_2025-03-02\.csv$/), sha256, bytes },
	]);
	expect(listItems(execution, 'Success')).toEqual([
		expect.objectContaining({ fileName: 'sales 2025-03-02.csv', sha256, bytes }),
	]);
	const [item] = execution.runData.Invoke[0].data?.main[0] ?? [];
	expect(item.binary?.report).toMatchObject({
		...{ fileName: 'sales 2025-03-02.csv', mimeType: 'text/csv' },
	});
});

test('neither a token nor a grant nor a signed link is in what n8n has recorded', () => {
	const { storage, tokens, url } = real.sandbox;
	const recorded = JSON.stringify([...executions.values()]);
	const secrets = [...storage.listSecrets(), ...tokens.listAll(), 'sign=', `${url}/sandbox/cos`];
	expect(secrets.length).toBeGreaterThan(12);
	expect(secrets.filter((secret) => recorded.includes(secret))).toEqual([]);
});
