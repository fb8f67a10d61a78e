import { listItems, type Execution } from '../../../n8n/execution';
import { startScriptedServer, type ScriptedServer } from '../../engine/scriptedServer';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from '../harness/realN8n';
import { buildRowsWorkflow } from '../harness/workflows/rowsWorkflow';
import { SHOP_APP } from '../../engine/accounts';

jest.setTimeout(TEST_TIMEOUT_MS);

const REFUSAL = {
	errcode: 40164,
	errmsg: 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1-2-3',
};
const CALLS = '/tcb/invokecloudfunction';

let real: RealN8n;
let wechat: ScriptedServer;
let executions: Map<string, Execution>;

beforeAll(async () => {
	wechat = await startScriptedServer({
		'/relays': { body: REFUSAL },
		'/relaysInside': { status: 400, body: { code: -1, data: { ...REFUSAL, errcode: '40164' } } },
		'/nested': { body: { data: { access_token: 'sandbox-dummy-nested' }, expires_in: 100 } },
		'/code': { body: { code: 0, data: 'sandbox-dummy-code' } },
		'/once502': () =>
			wechat.count('/once502') === 1
				? { status: 502, body: '<html>' }
				: { body: { access_token: 'sandbox-dummy-502' } },
		'/blank': { body: { access_token: ' ' } },
		'/cgi-bin/stable_token': { body: { ...REFUSAL, errcode: '40164' } },
		[CALLS]: ({ query }) => ({
			body: { errcode: 0, errmsg: 'ok', resp_data: JSON.stringify({ token: query.access_token }) },
		}),
	});
	real = await openRealN8n();
	await real.n8n.importCredentials([
		credentialOf('server', wechat.url, {
			source: 'tokenServer',
			tokenServerUrl: `={{ '${wechat.url}/' + $json.id }}`,
			responseField: '={{ $json.field }}',
		}),
		credentialOf('app', wechat.url, SHOP_APP),
	]);
	const options = { credentialPerItem: true };
	await real.n8n.importWorkflows([
		buildRowsWorkflow({
			id: 'servers1',
			credentialId: 'server',
			rows: [
				{ id: 'relays', field: 'access_token' },
				{ id: 'relaysInside', field: 'access_token' },
				{ id: 'nested', field: 'data.access_token' },
				{ id: 'code', field: 'data' },
				{ id: 'once502', field: 'access_token' },
				{ id: 'blank', field: 'access_token' },
			],
			parameters: { options },
		}),
		buildRowsWorkflow({ id: 'stable1', credentialId: 'app', rows: [{ id: 'quoted' }] }),
	]);
	executions = await real.n8n.executeBatch(['servers1', 'stable1']);
}, OPEN_TIMEOUT_MS);

afterAll(async () => await Promise.all([real.close(), wechat.close()]));

const listErrors = (workflowId: string) =>
	listItems(executions.get(workflowId) as Execution, 'Error');

test.each([
	['servers1', 'relays'],
	['servers1', 'relaysInside'],
	['stable1', 'quoted'],
])("%s %s: WeChat's refusal is told with its address, whoever passes it on", (workflowId, id) => {
	expect(listErrors(workflowId)).toContainEqual(
		expect.objectContaining({
			id,
			error: expect.objectContaining({
				errcode: 40164,
				category: 'credential-invalid',
				mayHaveRun: false,
				message: expect.stringMatching(/IP whitelist \(203\.0\.113\.7\)/),
			}),
		}),
	);
});

test('tokens are found where they stand, and after one bad second as well', () => {
	const tokens = listItems(executions.get('servers1') as Execution, 'Success');
	expect(tokens.map(({ token }) => token)).toEqual([
		'sandbox-dummy-nested',
		'sandbox-dummy-code',
		'sandbox-dummy-502',
	]);
});

test('a blank is no token: nothing is called with it', () => {
	expect(listErrors('servers1')).toContainEqual(
		expect.objectContaining({
			id: 'blank',
			error: expect.objectContaining({ category: 'credential-invalid', mayHaveRun: false }),
		}),
	);
	expect(wechat.count(CALLS)).toBe(3);
});
