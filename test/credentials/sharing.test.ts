import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { keepToken } from '../../credentials/keptToken';
import { shareToken, takeNewest } from '../../credentials/shareToken';
import { countTokenRequests, makeRows } from '../engine/counting';
import { CREDENTIAL_ID, runInvoke, storeOf } from '../engine/invokeWorkflow';
import { PROVIDER } from '../engine/accounts';
import { startSandbox, type Sandbox } from '../engine/sandbox';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

const START = Date.now();
const MINUTE_MS = 60_000;
let now: number;
let sandbox: Sandbox;
beforeEach(async () => {
	now = START;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	sandbox = await startSandbox({ now: () => now });
});
afterEach(async () => await sandbox.close());

const COMPONENT_PATH = '/cgi-bin/component/api_component_token';

/** One credential for all customers, as n8n resolves it for a row. */
const PER_ITEM: ICredentialDataDecryptedObject = {
	...PROVIDER,
	mode: 'authorizerAccessToken',
	authorizerAppId: '={{ $json.appId }}',
	authorizerRefreshToken: '={{ $json.refreshToken }}',
	componentTicketSecret: '={{ $json.ticket }}',
};
const row = (name: 'a' | 'b', ticket = PROVIDER.componentTicketSecret) => ({
	appId: `wx-sandbox-customer-${name}`,
	refreshToken: `sandbox-dummy-refresh-${name}`,
	environment: `customer-${name}-demo`,
	ticket,
});
const parameters = {
	environment: '={{ $json.environment }}',
	requestData: 'json',
	requestJson: '{}',
	options: { credentialPerItem: true, maxTries: 1 },
};

test("a customer's renewed refresh token outlives the run of another customer in between", async () => {
	const store = storeOf(sandbox.url, PER_ITEM);
	const run = async (name: 'a' | 'b') => await runInvoke({ store, rows: [row(name)], parameters });
	expect((await run('b')).error).toEqual([]);
	now += MINUTE_MS;
	expect((await run('a')).error).toEqual([]);
	now += 180 * MINUTE_MS;
	expect((await run('b')).error).toEqual([]);
});

test('a stale ticket in one row fails that row alone, also where all ask at the same moment', async () => {
	const store = storeOf(sandbox.url, PER_ITEM);
	const rows = [row('a', 'sandbox-dummy-ticket-old'), row('b')];
	const { success, error } = await runInvoke({ store, rows, parameters });
	expect(error).toEqual([expect.objectContaining({ ...rows[0] })]);
	expect(error[0].error).toMatchObject({ errcode: 61005 });
	expect(success).toEqual([{ userInfo: { appId: 'wx-sandbox-customer-b' } }]);
	expect(countTokenRequests(sandbox, COMPONENT_PATH)).toBe(2);
});

test("a stale ticket in one row fails that row alone, with the service provider's own token too", async () => {
	const store = storeOf(sandbox.url, { ...PER_ITEM, mode: 'componentAccessToken' });
	const tickets = ['sandbox-dummy-ticket-old', PROVIDER.componentTicketSecret];
	const rows = tickets.map((ticket) => ({ ticket, environment: 'provider-demo' }));
	const { success, error } = await runInvoke({ store, rows, parameters });
	expect(error).toHaveLength(1);
	expect(success).toHaveLength(1);
});

test('those who wait with the same stale ticket are told the same, after one request', async () => {
	const stale = { ...PER_ITEM, componentTicketSecret: 'sandbox-dummy-ticket-old' };
	const runs = (['a', 'b'] as const).map(
		async (name) =>
			await runInvoke({ store: storeOf(sandbox.url, stale), rows: [row(name)], parameters }),
	);
	const results = await Promise.all(runs);
	expect(results.map(({ error }) => error[0].error.errcode)).toEqual([61005, 61005]);
	expect(countTokenRequests(sandbox, COMPONENT_PATH)).toBe(1);
});

test('a forced refresh by another process: the token it made is used, and nothing is forced again', async () => {
	const store = storeOf(sandbox.url);
	await runInvoke({ store, rows: makeRows(1) });
	sandbox.tokens.revoke(String(store.get(CREDENTIAL_ID)?.accessToken));
	const body = {
		grant_type: 'client_credential',
		appid: 'wx-sandbox-shop',
		secret: 'sandbox-dummy-secret',
		force_refresh: true,
	};
	await fetch(`${sandbox.url}/cgi-bin/stable_token`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	const { success } = await runInvoke({ store, rows: makeRows(3) });
	expect(success).toHaveLength(3);
	expect(countTokenRequests(sandbox)).toBe(3);
});

test('a process that has served 20,000 customers remembers the last 10,000', async () => {
	const nameOf = (index: number) => `customer ${index}`;
	for (let index = 0; index < 20_000; index++) {
		const key = nameOf(index);
		const request = async () => keepToken({ token: key, lifetimeSeconds: 7200 }, key);
		await shareToken({ key, ticket: '', refused: '', mayRecall: true, request });
	}
	const remembered = Array.from({ length: 20_000 }, (_, index) => nameOf(index)).filter(
		(key) => takeNewest(key, {}).accessToken === key,
	);
	expect(remembered).toHaveLength(10_000);
	expect(remembered[0]).toBe(nameOf(10_000));
});
