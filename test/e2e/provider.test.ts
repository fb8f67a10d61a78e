/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from '../../n8n/session';
import { makeDemoCredentials } from '../../demo/credentials';
import { findEventAddress } from '../../demo/demo';
import { waitForListener } from '../../demo/pushes';
import { writeMessage } from '../../sandbox/openPlatform/pushes/messages';
import { waitForDataTable, type Row } from './harness/dataTables';
import { openOwnSession } from './harness/owner';
import { holdPushes, sendPush } from './harness/providerPushes';
import {
	OPEN_TIMEOUT_MS,
	openRealN8n,
	readExample,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from './harness/realN8n';
import { testSince } from './harness/testSince';
import { COMPONENT } from './harness/workflows/triggerWorkflow';

jest.setTimeout(TEST_TIMEOUT_MS);

const CUSTOMERS = 100;
const POLL_MS = 100;

const tables = {
	n8n: '2.20',
	because: 'in n8n 1.123 a workflow can neither create a data table nor find one by its name',
};

let real: RealN8n;
let session: Session;
let serverUrl: string;

beforeAll(async () => {
	real = await openRealN8n();
	const { n8n, sandbox } = real;
	await n8n.importCredentials(makeDemoCredentials(sandbox.url));
	const events = await readExample('open-platform-events.json');
	await n8n.importWorkflows([events, await readExample('function-for-every-customer.json')]);
	await n8n.publish(events.id);
	serverUrl = (await n8n.start()).url;
	session = await openOwnSession(serverUrl);
	const address = findEventAddress(serverUrl);
	await waitForListener(address);
	sandbox.pushes.setEventUrl(COMPONENT.appId, address);
}, OPEN_TIMEOUT_MS);

afterAll(async () => await real.close());

const waitForTable = async (name: string, isDone: (rows: Row[]) => boolean) =>
	await waitForDataTable(session, name, isDone);

async function waitForRows(name: string, count: number): Promise<Row[]> {
	return await waitForTable(name, (rows) => rows.length === count);
}

/** What the editor's "Execute workflow" does. The command `n8n execute` knows no data tables. */
async function start(workflowId: string, trigger: string): Promise<void> {
	const triggerToStartFrom = { name: trigger };
	await session.request('POST', `/workflows/${workflowId}/run`, { triggerToStartFrom });
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

	await start('wechatEveryCustomer1', 'Try It');
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

describe('of two pushes for one customer', () => {
	const HAS_ROW = 'wx-sandbox-customer-2';
	const IS_NEW = 'wx-sandbox-customer-500';

	const makePushes = async (appId: string, ...times: [number, number]) =>
		await holdPushes(real.sandbox, appId, times, findEventAddress(serverUrl));
	const send = async (message: string) => await sendPush(findEventAddress(serverUrl), message);

	/** The times of a customer's rows, once they are these and another customer has come after. */
	async function expectTimes(appId: string, ...times: number[]): Promise<void> {
		const timesOf = (rows: Row[]) =>
			rows.filter((row) => row.authorizerAppid === appId).map(({ createTime }) => createTime);
		const isDone = (rows: Row[]) => String(timesOf(rows)) === String(times);
		await waitForTable('wechat_customers', isDone);
		const { appId: marker } = await real.sandbox.pushes.authorize(COMPONENT.appId);
		const rows = await waitForTable('wechat_customers', (all) =>
			all.some(({ authorizerAppid }) => authorizerAppid === marker),
		);
		expect(timesOf(rows)).toEqual(times);
	}

	const findTime = async () =>
		(await waitForTable('wechat_customers', (rows) => rows.length > 0)).find(
			({ authorizerAppid }) => authorizerAppid === HAS_ROW,
		)?.createTime ?? NaN;

	const exchanges = () => real.sandbox.log.filter(({ path: to }) => to.endsWith('/api_query_auth'));

	testSince(tables, 'the newer stays in the row, though the older arrives later', async () => {
		const time = Math.floor(await findTime());
		const [older, newer] = await makePushes(HAS_ROW, time + 1, time + 10);
		await send(newer);
		await expectTimes(HAS_ROW, time + 10.5);
		const count = exchanges().length;
		await send(older);
		while (exchanges().length === count) await pause(POLL_MS);
		await expectTimes(HAS_ROW, time + 10.5);
	});

	testSince(tables, 'that come within a second, one row is left, of the change', async () => {
		const time = Math.floor(Date.now() / 1000);
		const [authorized, changed] = await makePushes(IS_NEW, time, time);
		await Promise.all([send(changed), send(authorized)]);
		await expectTimes(IS_NEW, time + 0.5);
	});

	testSince(tables, 'an older end of the authorization does not undo a newer one', async () => {
		const time = await findTime();
		const end = { AppId: COMPONENT.appId, InfoType: 'unauthorized', AuthorizerAppid: HAS_ROW };
		await send(writeMessage({ ...end, CreateTime: Math.floor(time) - 1 }));
		await expectTimes(HAS_ROW, time);
		await send(writeMessage({ ...end, CreateTime: Math.ceil(time) }));
		await expectTimes(HAS_ROW);
	});
});

testSince(tables, 'a customer whose push was missed is in the table after the night', async () => {
	const { pushes } = real.sandbox;
	pushes.setEventUrl(COMPONENT.appId, undefined);
	const { appId } = await pushes.authorize(COMPONENT.appId);
	const before = await waitForTable('wechat_customers', (rows) => rows.length > 0);
	await start('wechatPlatformEvents1', 'Every Night at 1:30');
	const isMissed = ({ authorizerAppid }: Row) => authorizerAppid === appId;
	const rows = await waitForTable('wechat_customers', (all) => all.some(isMissed));
	expect(rows.filter(isMissed)).toHaveLength(1);
	// Everybody's row is read again, and stays the same row.
	const times = new Map(before.map(({ id, createTime }) => [id, createTime]));
	await waitForTable('wechat_customers', (all) =>
		before.every(({ id }) =>
			all.some((row) => row.id === id && row.createTime > (times.get(id) ?? Infinity)),
		),
	);
});

test("no token, ticket or secret in n8n's own log, after all of these", async () => {
	const log = await readFile(path.join(real.n8n.userFolder, 'n8n.log'), 'utf8');
	expect(log).toContain('Editor is now accessible');
	expect(log).not.toMatch(/ticket@@@|sandbox-refresh-|sandbox-token-|queryauthcode@@@|dummy/);
});
