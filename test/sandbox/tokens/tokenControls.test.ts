import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { call, judgeToken, requestAuthorizerToken, requestToken, SHOP } from '../client';

const DAY_MS = 86_400_000;

let sandbox: Sandbox;
let clock = Date.UTC(2025, 2, 1);

beforeAll(async () => {
	sandbox = await startSandbox({ now: () => clock });
});

// A new day for each test: no token and no quota of an earlier test is left.
beforeEach(() => {
	clock += DAY_MS;
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

/** The errcodes of invocations made one after the other, each with its token. */
async function invokeWith(tokens: string[], env = 'shop-demo'): Promise<number[]> {
	const codes = [];
	for (const access_token of tokens) {
		const query = { access_token, env, name: 'echo' };
		const { data } = await call(sandbox, '/tcb/invokecloudfunction', { query, body: {} });
		codes.push(data.errcode);
	}
	return codes;
}

test('expire: one token is over, the others are not, and stable_token gives a new one', async () => {
	const token = await getToken();
	const other = sandbox.tokens.issue('wx-sandbox-customer-a');
	sandbox.tokens.expire(token);
	expect(await Promise.all([judge(token), judge(other)])).toEqual([42001, undefined]);
	const fresh = await getToken();
	expect(fresh).not.toBe(token);
	expect(await judge(fresh)).toBeUndefined();
});

test('revoke: stable_token hands out the refused token until force_refresh', async () => {
	const token = await getToken();
	sandbox.tokens.revoke(token);
	expect(await judge(token)).toBe(40001);
	expect(await invokeWith([token])).toEqual([40001]);
	expect(await getToken()).toBe(token);
	const fresh = await getToken({ force_refresh: true });
	expect(fresh).not.toBe(token);
	expect(await judge(fresh)).toBeUndefined();
	expect(await getToken()).toBe(fresh);
});

test('revoke: an authorizer token is refused, the next one that is requested is good', async () => {
	const token = (await requestAuthorizerToken(sandbox)).data.authorizer_access_token;
	sandbox.tokens.revoke(token);
	expect(await judge(token)).toBe(40001);
	const fresh = (await requestAuthorizerToken(sandbox)).data.authorizer_access_token;
	expect(await judge(fresh)).toBeUndefined();
});

test('expireAfter: a token dies at the third call; a new one lives on', async () => {
	const token = await getToken();
	sandbox.tokens.expireAfter(3);
	expect(await invokeWith([token, token, token, token])).toEqual([0, 0, 42001, 42001]);
	const fresh = await getToken();
	expect(await invokeWith([fresh, fresh, fresh, fresh])).toEqual([0, 0, 0, 0]);
	expect(await judge(token)).toBe(42001);
});

test('expireAfter: of calls at the same time, exactly those before the third are accepted', async () => {
	const token = await getToken();
	sandbox.tokens.expireAfter(3);
	const codes = await Promise.all(Array.from({ length: 6 }, () => invokeWith([token])));
	expect(codes.flat().sort((a, b) => a - b)).toEqual([0, 0, 42001, 42001, 42001, 42001]);
});

test('expireAfter: only invocations with a good token count', async () => {
	const token = await getToken();
	sandbox.tokens.expireAfter(2);
	expect(await invokeWith(['', 'unknown'])).toEqual([41001, 40014]);
	await judge(token);
	await judge(token);
	expect(await invokeWith([token, token])).toEqual([0, 42001]);
});

test('expireAfter: the invocations of all tokens count together, and one of them dies', async () => {
	const token = await getToken();
	const other = sandbox.tokens.issue('wx-sandbox-provider', 'component');
	sandbox.tokens.expireAfter(2);
	expect(await invokeWith([token])).toEqual([0]);
	expect(await invokeWith([other], 'provider-demo')).toEqual([42001]);
	expect(await invokeWith([token])).toEqual([0]);
});

test('expireAfter: the last word counts', async () => {
	const token = await getToken();
	sandbox.tokens.expireAfter(1);
	sandbox.tokens.expireAfter(2);
	expect(await invokeWith([token, token])).toEqual([0, 42001]);
});

test('issue: the same access_token as stable_token, a new one for the other kinds', async () => {
	expect(sandbox.tokens.issue(SHOP.appid)).toBe(await getToken());
	const issueComponentToken = () => sandbox.tokens.issue('wx-sandbox-provider', 'component');
	expect(issueComponentToken()).not.toBe(issueComponentToken());
});

test('a mistaken use is an error that does not show the token', () => {
	const { expire, revoke, expireAfter } = sandbox.tokens;
	const text = 'The sandbox has not given out this token.';
	expect(() => expire('typed-wrongly')).toThrow(new Error(text));
	expect(() => revoke('typed-wrongly')).toThrow(new Error(text));
	expect(() => expireAfter(0)).toThrow('The count starts at 1.');
	expect(() => expireAfter(1.5)).toThrow('The count starts at 1.');
});
