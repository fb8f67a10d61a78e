import type { StoredWorkflow } from '../../../n8n/commands';
import { listItems } from '../../../n8n/execution';
import { countTokenRequests, makeRows } from '../../engine/counting';
import { PROVIDER, SHOP_APP } from '../../engine/accounts';
import { startScriptedServer } from '../../engine/scriptedServer';
import { buildRowsWorkflow } from '../harness/workflows/rowsWorkflow';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from '../harness/realN8n';
import { buildNode } from '../harness/workflows/nodes';

jest.setTimeout(TEST_TIMEOUT_MS);

/** The token that n8n keeps, of settings that have been changed since. */
const kept = { accessToken: 'sandbox-dummy-kept', renewAt: 4_102_444_800_000, validFor: 'others' };
const customer = {
	...PROVIDER,
	mode: 'authorizerAccessToken',
	authorizerAppId: 'wx-sandbox-customer-a',
	authorizerRefreshToken: 'sandbox-dummy-refresh-a',
};
const ASKED = '/cgi-bin/get_api_domain_ip';

let real: RealN8n;

beforeAll(async () => {
	real = await openRealN8n();
	const { n8n, sandbox } = real;
	await n8n.importCredentials([
		credentialOf('shop', sandbox.url, SHOP_APP),
		credentialOf('customer', sandbox.url, customer),
		credentialOf('changed', sandbox.url, { ...SHOP_APP, ...kept }),
	]);
	await n8n.importWorkflows([
		buildRowsWorkflow({ id: 'shop1', credentialId: 'shop', rows: makeRows(4) }),
		buildRowsWorkflow({
			id: 'customer1',
			credentialId: 'customer',
			rows: makeRows(4),
			parameters: { environment: 'customer-a-demo' },
		}),
	]);
}, OPEN_TIMEOUT_MS);

afterAll(async () => await real.close());

test.each([
	['stable_token', 'shop1', { status: 502, body: '<html>Bad Gateway</html>' }],
	['api_component_token', 'customer1', { status: 503, body: '' }],
	['api_authorizer_token', 'customer1', { errcode: 42006 }],
])('%s fails once: no item of %s does', async (address, workflow, fault) => {
	real.sandbox.tokens.expireAll();
	real.sandbox.faults.set(address, { ...fault, times: 1 });
	const execution = await real.n8n.execute(workflow);
	real.sandbox.faults.clear();
	expect(listItems(execution, 'Error')).toEqual([]);
	expect(listItems(execution, 'Success')).toHaveLength(4);
});

/** Manual Trigger -> n8n's HTTP Request node with this package's credential. */
function buildHttpRequest(id: string, url: string): StoredWorkflow {
	return {
		id,
		name: id,
		settings: { executionOrder: 'v1' },
		nodes: [
			buildNode('Start', 'n8n-nodes-base.manualTrigger', 1),
			buildNode('Ask', 'n8n-nodes-base.httpRequest', 4.2, {
				parameters: {
					url,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'weChatCloudFunctionApi',
					options: {},
				},
				credentials: { weChatCloudFunctionApi: { id: 'changed', name: 'changed' } },
			}),
		],
		connections: { Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
	};
}

test('an HTTP Request node gets no token that was kept for other settings, but a new one', async () => {
	const { n8n, sandbox } = real;
	await n8n.importWorkflows([buildHttpRequest('ask1', sandbox.url + ASKED)]);
	const before = countTokenRequests(sandbox);
	const execution = await n8n.execute('ask1');
	expect(listItems(execution, 'Ask')).toEqual([{ ip_list: expect.any(Array) }]);
	expect(countTokenRequests(sandbox) - before).toBe(1);
});

test('an HTTP Request node to another host gets no token at all', async () => {
	const stranger = await startScriptedServer({});
	await real.n8n.importWorkflows([buildHttpRequest('ask2', stranger.url + ASKED)]);
	const execution = await real.n8n.execute('ask2');
	await stranger.close();
	expect(JSON.stringify(execution.error)).toContain('goes only to its API host');
	expect(stranger.requests).toEqual([]);
});
