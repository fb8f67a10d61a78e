import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { call, expectCode, judgeToken, requestToken, RID } from '../client';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 1440 * MINUTE_MS;

let sandbox: Sandbox;
let clock = Date.UTC(2025, 2, 1);

beforeAll(async () => {
	sandbox = await startSandbox({ now: () => clock });
});

// A new day for each test: no token and no quota of an earlier test is left.
beforeEach(() => {
	clock += 2 * DAY_MS;
});

afterAll(async () => {
	await sandbox.close();
});

async function getToken(change?: Record<string, unknown>): Promise<string> {
	return (await requestToken(sandbox, change)).data.access_token;
}

async function judge(token: string): Promise<number | undefined> {
	return await judgeToken(sandbox, token);
}

test('a token is long and random and says how long it is good', async () => {
	const { data } = await requestToken(sandbox);
	expect(data).toEqual({ access_token: expect.any(String), expires_in: 7200 });
	expect(data.access_token).toMatch(/^sandbox-token-[0-9a-f]{128}$/);
});

test('the same token comes back until 5 minutes before its end', async () => {
	const token = await getToken();
	clock += 115 * MINUTE_MS - 1;
	expect(await getToken()).toBe(token);
	clock += 1;
	expect(await getToken()).not.toBe(token);
});

test('in the last 5 minutes the old and the new token are both good, then the old one is expired', async () => {
	const old = await getToken();
	clock += 116 * MINUTE_MS;
	const fresh = await getToken();
	expect(await Promise.all([judge(old), judge(fresh)])).toEqual([undefined, undefined]);
	clock += 4 * MINUTE_MS;
	expect(await Promise.all([judge(old), judge(fresh)])).toEqual([42001, undefined]);
});

test('the remaining time counts down', async () => {
	await getToken();
	clock += 100 * SECOND_MS;
	expect((await requestToken(sandbox)).data.expires_in).toBe(7100);
});

test('force_refresh gives a new token and makes the last one invalid', async () => {
	const old = await getToken();
	const fresh = await getToken({ force_refresh: true });
	expect(fresh).not.toBe(old);
	expect(await judge(old)).toBe(40001);
	expect(await judge(fresh)).toBeUndefined();
	expect(await getToken()).toBe(fresh);
});

test('force_refresh within 30 seconds of the last one refreshes nothing', async () => {
	const token = await getToken({ force_refresh: true });
	clock += 30 * SECOND_MS - 1;
	expect(await getToken({ force_refresh: true })).toBe(token);
	clock += 1;
	expect(await getToken({ force_refresh: true })).not.toBe(token);
});

test('45009: the 21st force_refresh of a day; the next day has 20 more', async () => {
	for (let count = 1; count <= 20; count++) {
		expect(await getToken({ force_refresh: true })).toBeDefined();
		clock += 30 * SECOND_MS;
	}
	const { data } = await requestToken(sandbox, { force_refresh: true });
	expect(data.errcode).toBe(45009);
	expect(await judge(await getToken())).toBeUndefined();
	clock += DAY_MS;
	expect(await getToken({ force_refresh: true })).toBeDefined();
});

test('accounts have tokens of their own', async () => {
	const shop = await getToken();
	const plain = { appid: 'wx-sandbox-plain', secret: 'sandbox-dummy-secret-plain' };
	expect(await getToken(plain)).not.toBe(shop);
	await getToken({ ...plain, force_refresh: true });
	expect(await judge(shop)).toBeUndefined();
});

test.each([
	[41002, { appid: undefined }, 'appid missing'],
	[41004, { secret: undefined }, 'appsecret missing'],
	[40013, { appid: 'wx-nobody' }, 'invalid appid'],
	[40125, { secret: 'wrong-dummy' }, 'invalid appsecret'],
	[40002, { grant_type: 'password' }, 'invalid grant_type'],
])('%i: a token request with %j', async (errcode, change, text) => {
	await expectCode(requestToken(sandbox, change), errcode, text);
});

test('40164: a caller who is not on the whitelist learns its own address', async () => {
	const office = { appid: 'wx-sandbox-office', secret: 'sandbox-dummy-secret-office' };
	const { data } = await requestToken(sandbox, office);
	expect(data.errcode).toBe(40164);
	const text = 'invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist';
	expect(data.errmsg.replace(RID, '')).toBe(text);
});

test.each([
	[43002, { method: 'GET' }],
	[44002, { body: undefined }],
	[47001, { body: 'grant_type=client_credential' }],
])('%i: a token request made with %j', async (errcode, request) => {
	const { data } = await call(sandbox, '/cgi-bin/stable_token', { body: {}, ...request });
	expect(data.errcode).toBe(errcode);
});

test('get_api_domain_ip proves a token', async () => {
	const query = { access_token: await getToken() };
	const { data } = await call(sandbox, '/cgi-bin/get_api_domain_ip', { method: 'GET', query });
	expect(data).toEqual({ ip_list: [expect.any(String)] });
	expect(await judge('')).toBe(41001);
	expect(await judge('unknown')).toBe(40014);
	sandbox.tokens.expireAll();
	expect(await judge(query.access_token)).toBe(42001);
});
