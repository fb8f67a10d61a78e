import { listItems, type Execution } from '../../n8n/execution';
import { startFarWeChat, type FarWeChat, type LongWay } from './harness/servers/farWechat';
import { isOpen, startNginx, type Nginx } from './harness/servers/nginx';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from './harness/realN8n';
import { buildRowsWorkflow } from './harness/workflows/rowsWorkflow';

jest.setTimeout(TEST_TIMEOUT_MS);

const TOKEN = 'sandbox-dummy-token-far-away';
const CALLS = 150;
const DIRECT_CALLS = 20;

let far: FarWeChat;
let direct: LongWay;
let kept: LongWay;
let nginx: Nginx;
let suspicious: Nginx;
let real: RealN8n;
let execution: Execution;

const listErrors = () => new Map(listItems(execution, 'Error').map(({ id, error }) => [id, error]));
const listRequests = (kind: string) => far.requests.filter(({ id }) => String(id).startsWith(kind));

beforeAll(async () => {
	far = await startFarWeChat();
	[direct, kept] = await Promise.all([far.openWay(), far.openWay()]);
	const stranger = await startFarWeChat();
	nginx = await startNginx({ wechatPort: kept.port, trusted: far.certificate });
	suspicious = await startNginx({ wechatPort: kept.port, trusted: stranger.certificate });
	await stranger.close();
	const proxied = `http://127.0.0.1:${nginx.port}`;
	const rows = [
		...Array.from({ length: CALLS }, (_, i) => ({ id: `kept ${i}`, host: proxied })),
		...Array.from({ length: DIRECT_CALLS }, (_, i) => ({
			id: `direct ${i}`,
			host: `https://127.0.0.1:${direct.port}`,
		})),
		{ id: 'a reset', host: proxied },
		{ id: 'a stranger', host: `http://127.0.0.1:${suspicious.port}` },
	];
	real = await openRealN8n({ NODE_EXTRA_CA_CERTS: nginx.trustedFile });
	const { n8n } = real;
	const fields = { source: 'fixed', fixedToken: TOKEN };
	await n8n.importCredentials([credentialOf('far', '={{ $json.host }}', fields)]);
	const options = { credentialPerItem: true };
	const workflow = { id: 'far1', credentialId: 'far', rows, parameters: { options } };
	await n8n.importWorkflows([buildRowsWorkflow(workflow)]);
	execution = await n8n.execute('far1');
}, OPEN_TIMEOUT_MS);

afterAll(async () => {
	await Promise.all([real.close(), nginx.close(), suspicious.close()]);
	await far.close();
});

test('through the proxy a call takes at most 1.2 round trips, without it three', () => {
	expect([...listErrors().keys()]).toEqual(['a reset', 'a stranger']);
	expect(listItems(execution, 'Success')).toHaveLength(CALLS + DIRECT_CALLS);
	expect(listRequests('kept')).toHaveLength(CALLS);
	expect(direct.roundTrips() / DIRECT_CALLS).toBe(3);
	// At least one for each: else it is not the calls that are counted.
	expect(kept.roundTrips() / CALLS).toBeGreaterThan(1);
	expect(kept.roundTrips() / CALLS).toBeLessThanOrEqual(1.2);
});

test('WeChat is asked for by its own name', () => {
	for (const request of listRequests('kept')) {
		expect(request).toMatchObject({ host: 'api.weixin.qq.com', serverName: 'api.weixin.qq.com' });
	}
});

test('a call whose connection breaks is not made again', () => {
	expect(listRequests('a reset')).toHaveLength(1);
	expect(listErrors().get('a reset')).toMatchObject({ mayHaveRun: true, attempts: 1 });
});

test('nothing is sent to a server that can not show that it is WeChat', () => {
	expect(listErrors().get('a stranger')).toMatchObject({ attempts: 1 });
	expect(listRequests('a stranger')).toEqual([]);
});

test('no token is written to a file, and each call has its line in the log', async () => {
	const files = await nginx.readFiles();
	expect(files.get('wechat.log')?.trim().split('\n')).toHaveLength(CALLS + 1);
	for (const { readFiles } of [nginx, suspicious]) {
		for (const text of (await readFiles()).values()) expect(text).not.toContain(TOKEN);
	}
});

test('it serves this machine only', async () => {
	expect(await isOpen('127.0.0.1', nginx.port)).toBe(true);
	expect(await isOpen('127.0.0.2', nginx.port)).toBe(false);
});
