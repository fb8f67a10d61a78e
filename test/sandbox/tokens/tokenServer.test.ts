import { describeRequest } from '../../../sandbox/console';
import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { call, invoke, judgeToken, requestToken, SHOP, type Call } from '../client';

const AUTHORIZATION = 'Bearer sandbox-dummy-server-key';
const DAY_MS = 86_400_000;
const WRONG_HEADERS: Array<Record<string, string>> = [{}, { authorization: 'Bearer wrong-dummy' }];
const VARIANTS = ['token', 'nested', 'html', 'empty', 'broken', 'hang'];

let sandbox: Sandbox;
let clock = Date.UTC(2025, 2, 1);
let tellArrival = () => {};

beforeAll(async () => {
	sandbox = await startSandbox({ now: () => clock, onRequest: () => tellArrival() });
});

// A new day for each test: no token of an earlier test is left.
beforeEach(() => {
	clock += DAY_MS;
});

afterAll(async () => {
	await sandbox.close();
});

async function ask(variant: string, change: Call = {}) {
	const headers = { authorization: AUTHORIZATION };
	return await call(sandbox, `/token-server/${variant}`, { method: 'GET', headers, ...change });
}

async function getToken(app = SHOP.appid): Promise<string> {
	return (await ask('token', { query: { app } })).data.access_token;
}

test('it hands out a token of the shop that works', async () => {
	const { status, data } = await ask('token', { query: { app: SHOP.appid } });
	expect(status).toBe(200);
	expect(data).toEqual({ access_token: expect.any(String), expires_in: 7200 });
	const query = { access_token: data.access_token, env: 'shop-demo', name: 'echo' };
	expect((await invoke(sandbox, 'echo', {}, { query })).data.errcode).toBe(0);
});

test('the token stays the same while its time counts down, until it is over', async () => {
	const token = await getToken();
	clock += 7_199_000;
	expect((await ask('token')).data).toEqual({ access_token: token, expires_in: 1 });
	clock += 1000;
	expect(await getToken()).not.toBe(token);
});

test('a token that was expired or revoked is replaced', async () => {
	const first = await getToken();
	sandbox.tokens.expire(first);
	const second = await getToken();
	expect(second).not.toBe(first);
	sandbox.tokens.revoke(second);
	const third = await getToken();
	expect(third).not.toBe(second);
	expect(await judgeToken(sandbox, third)).toBeUndefined();
});

test('its tokens and those of stable_token do not touch each other', async () => {
	const token = await getToken();
	const stable = sandbox.tokens.issue(SHOP.appid);
	expect(token).not.toBe(stable);
	await requestToken(sandbox, { force_refresh: true });
	expect(await judgeToken(sandbox, token)).toBeUndefined();
	expect(await getToken()).toBe(token);
});

test('it hands out the token of the app that is asked for, of the shop if none is', async () => {
	const token = await getToken();
	const plain = await getToken('wx-sandbox-plain');
	expect(plain).not.toBe(token);
	expect(await getToken('wx-sandbox-plain')).toBe(plain);
	expect((await ask('token')).data.access_token).toBe(token);
});

test('404: an app it does not know', async () => {
	const { status, data } = await ask('token', { query: { app: 'wx-nobody' } });
	expect(status).toBe(404);
	expect(data).toEqual({ error: 'unknown app' });
});

test.each(VARIANTS)(
	'401: /token-server/%s without its key, or with a wrong one',
	async (variant) => {
		for (const headers of WRONG_HEADERS) {
			const { status, data } = await ask(variant, { headers });
			expect(status).toBe(401);
			expect(data).toEqual({ error: 'unauthorized' });
		}
	},
);

test('405: anything but GET', async () => {
	expect((await ask('token', { method: 'POST' })).status).toBe(405);
});

test('nested: the same token, deeper in the answer', async () => {
	const { data } = await ask('nested');
	expect(data).toEqual({ data: { token: await getToken(), expires_in: 7200 } });
});

test('html: a page with status 200', async () => {
	const { status, headers, data } = await ask('html');
	expect(status).toBe(200);
	expect(headers['content-type']).toContain('text/html');
	expect(data).toContain('Please log in');
});

test('empty: JSON without a token', async () => {
	const { status, data } = await ask('empty');
	expect({ status, data }).toEqual({ status: 200, data: {} });
});

test('broken: status 500', async () => {
	expect((await ask('broken')).status).toBe(500);
});

test('the log and the console tell the app and the status, never a token or the key', async () => {
	const before = sandbox.log.length;
	await ask('token');
	await ask('token', { headers: WRONG_HEADERS[1] });
	const asked = { method: 'GET', path: '/token-server/token' };
	const entries = sandbox.log.slice(before);
	expect(entries).toEqual([
		{ ...asked, appId: SHOP.appid, errcode: 0 },
		{ ...asked, status: 401, errcode: null },
	]);
	const lines = entries.map((request) => describeRequest(request, new Date()).slice(9));
	expect(lines).toEqual([
		'GET /token-server/token wx-sandbox-shop errcode 0',
		'GET /token-server/token HTTP 401 no errcode',
	]);
	expect(JSON.stringify(entries)).not.toMatch(/sandbox-token|dummy/);
});

// The last one: only the end of the sandbox ends the request.
test('hang: no answer comes', async () => {
	const arrival = new Promise<void>((resolve) => {
		tellArrival = resolve;
	});
	const ended = expect(ask('hang')).rejects.toMatchObject({ code: 'ECONNRESET' });
	await arrival;
	await ask('empty'); // an answer to the first request would have come before this one's
	await sandbox.close();
	await ended;
});
