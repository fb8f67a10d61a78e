/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { listItems } from '../../sandbox/n8n/execution';
import { logIn, setUpOwner, type Session } from '../../sandbox/n8n/session';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	readExample,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from './harness/realN8n';
import { COMPONENT, platformCredential } from './harness/triggerWorkflow';

jest.setTimeout(TEST_TIMEOUT_MS);

const CUSTOMERS = 100;
const POLL_MS = 100;
const owner = {
	email: 'owner@example.com',
	firstName: 'Test',
	lastName: 'Owner',
	password: 'Dummy-Password-1',
};
const provider = {
	componentAppId: COMPONENT.appId,
	componentAppSecret: 'sandbox-dummy-component',
	componentTicketSecret: '={{ $json.ticket }}',
};

interface Table {
	id: string;
	name: string;
	projectId: string;
}

let real: RealN8n;
let session: Session;

beforeAll(async () => {
	real = await openRealN8n();
	const { n8n, sandbox } = real;
	await n8n.importCredentials([
		platformCredential('wechatSandboxPlatform'),
		credentialOf('wechatSandboxProvider', sandbox.url, {
			...provider,
			mode: 'componentAccessToken',
		}),
		credentialOf('wechatSandboxCustomers', sandbox.url, {
			...provider,
			mode: 'authorizerAccessToken',
			authorizerAppId: '={{ $json.authorizerAppid }}',
			authorizerRefreshToken: '={{ $json.authorizerRefreshToken }}',
		}),
	]);
	const events = await readExample('open-platform-events.json');
	await n8n.importWorkflows([events, await readExample('function-for-every-customer.json')]);
	await n8n.publish(events.id);
	const { url } = await n8n.start();
	await setUpOwner(url, owner);
	session = await logIn(url, owner);
	const [trigger] = events.nodes.filter(({ type }) => String(type).endsWith('Trigger'));
	const { webhookId } = trigger as { webhookId?: string };
	sandbox.pushes.setEventUrl(COMPONENT.appId, `${url}/webhook/${webhookId}/wechat`);
}, OPEN_TIMEOUT_MS);

afterAll(async () => await real.close());

/** The rows of a data table, once there are so many; n8n fills it in the background. */
async function waitForRows(name: string, count: number): Promise<Array<Record<string, string>>> {
	for (let left = TEST_TIMEOUT_MS / POLL_MS; left > 0; left--) {
		const { data } = (await session.request('GET', '/data-tables-global')) as { data: Table[] };
		const table = data.find((one) => one.name === name);
		if (table !== undefined) {
			const address = `/projects/${table.projectId}/data-tables/${table.id}/rows?take=250`;
			const rows = (await session.request('GET', address)) as {
				count: number;
				data: Array<Record<string, string>>;
			};
			if (rows.count === count) return rows.data;
		}
		await pause(POLL_MS);
	}
	throw new Error(`The table ${name} did not get ${count} rows.`);
}

test('from the first push to a call for each of a hundred customers', async () => {
	const { n8n, sandbox } = real;
	const { pushes } = sandbox;
	expect(await pushes.pushTicket(COMPONENT.appId)).toMatchObject({ answered: true, tries: 1 });
	const [{ ticket }] = await waitForRows('wechat_tickets', 1);
	expect(ticket).toMatch(/^ticket@@@sandbox-/);

	for (let i = 0; i < CUSTOMERS; i++) {
		expect(await pushes.authorize(COMPONENT.appId)).toMatchObject({ answered: true });
	}
	const rows = await waitForRows('wechat_customers', CUSTOMERS);
	expect(new Set(rows.map(({ authorizerRefreshToken }) => authorizerRefreshToken)).size).toBe(
		CUSTOMERS,
	);

	const execution = await n8n.execute('wechatEveryCustomer1');
	const results = listItems(execution, 'Done');
	expect(results).toEqual(
		rows.map(({ authorizerAppid }) => ({
			customer: authorizerAppid,
			userInfo: { appId: authorizerAppid },
		})),
	);
	const requests = sandbox.log.filter(({ path: to }) => to.endsWith('/api_component_token'));
	// One by the server for the authorizations, one by the process of the command.
	expect(requests.length).toBeLessThanOrEqual(2);
});

test('a customer who ends the authorization leaves the table', async () => {
	const appId = 'wx-sandbox-customer-1';
	await real.sandbox.pushes.cancelAuthorization(COMPONENT.appId, appId);
	const rows = await waitForRows('wechat_customers', CUSTOMERS - 1);
	expect(rows.map(({ authorizerAppid }) => authorizerAppid)).not.toContain(appId);
});

test("no token, ticket or secret in n8n's own log, after all of these", async () => {
	const log = await readFile(path.join(real.n8n.userFolder, 'n8n.log'), 'utf8');
	expect(log).toContain('Editor is now accessible');
	expect(log).not.toMatch(/ticket@@@|sandbox-refresh-|sandbox-token-|queryauthcode@@@|dummy/);
});
