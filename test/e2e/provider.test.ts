/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from '../../n8n/session';
import { makeDemoCredentials } from '../../demo/credentials';
import { findEventAddress } from '../../demo/demo';
import { waitForListener } from '../../demo/pushes';
import { openOwnSession } from './harness/owner';
import {
	OPEN_TIMEOUT_MS,
	openRealN8n,
	readExample,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from './harness/realN8n';
import { testSince } from './harness/testSince';
import { COMPONENT } from './harness/triggerWorkflow';

jest.setTimeout(TEST_TIMEOUT_MS);

const CUSTOMERS = 100;
const POLL_MS = 100;

const tables = {
	n8n: '2.20',
	because: 'in n8n 1.123 a workflow can neither create a data table nor find one by its name',
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
	await n8n.importCredentials(makeDemoCredentials(sandbox.url));
	const events = await readExample('open-platform-events.json');
	await n8n.importWorkflows([events, await readExample('function-for-every-customer.json')]);
	await n8n.publish(events.id);
	const { url } = await n8n.start();
	session = await openOwnSession(url);
	const address = findEventAddress(url);
	await waitForListener(address);
	sandbox.pushes.setEventUrl(COMPONENT.appId, address);
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

/** What the editor's "Execute workflow" does. The command `n8n execute` knows no data tables. */
async function startEveryCustomer(): Promise<void> {
	const triggerToStartFrom = { name: 'Try It' };
	await session.request('POST', '/workflows/wechatEveryCustomer1/run', { triggerToStartFrom });
}

/** The invocations, once there are so many: whose token each had, its environment, and how it went. */
async function waitForCalls(count: number) {
	for (;;) {
		const calls = real.sandbox.log.filter(({ path: to }) => to === '/tcb/invokecloudfunction');
		if (calls.length >= count)
			return calls.map(({ appId, env, errcode }) => ({ appId, env, errcode }));
		await pause(POLL_MS);
	}
}

test('the example, once published, answers the first ticket at its first try', async () => {
	const push = await real.sandbox.pushes.pushTicket(COMPONENT.appId);
	expect(push).toMatchObject({ answered: true, tries: 1 });
});

testSince(tables, 'from the first ticket to a call for each of a hundred customers', async () => {
	const { sandbox } = real;
	const [{ ticket }] = await waitForRows('wechat_tickets', 1);
	expect(ticket).toMatch(/^ticket@@@sandbox-/);

	for (let i = 0; i < CUSTOMERS; i++) {
		expect(await sandbox.pushes.authorize(COMPONENT.appId)).toMatchObject({ answered: true });
	}
	const rows = await waitForRows('wechat_customers', CUSTOMERS);
	expect(new Set(rows.map(({ authorizerRefreshToken }) => authorizerRefreshToken)).size).toBe(
		CUSTOMERS,
	);

	await startEveryCustomer();
	const calls = await waitForCalls(CUSTOMERS);
	const byApp = (one: { appId?: string }, other: { appId?: string }) =>
		String(one.appId).localeCompare(String(other.appId));
	expect(calls.sort(byApp)).toEqual(
		rows
			.map(({ authorizerAppid, environment }) => ({
				appId: authorizerAppid,
				env: environment,
				errcode: 0,
			}))
			.sort(byApp),
	);
	const requests = sandbox.log.filter(({ path: to }) => to.endsWith('/api_component_token'));
	expect(requests).toHaveLength(1);
});

testSince(tables, 'a customer who ends the authorization leaves the table', async () => {
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
