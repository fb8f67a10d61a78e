import { startSandbox, type Sandbox } from '../../engine/sandbox';
import type { TokenKind } from '../../../sandbox/tokens/tokenStore';
import {
	call,
	expectCode,
	judgeToken,
	readResult,
	requestAuthorizerToken,
	requestComponentToken,
} from '../client';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterAll(async () => {
	await sandbox.close();
});

async function invokeWith(access_token: string, env: string) {
	const query = { access_token, env, name: 'echo' };
	return await call(sandbox, '/tcb/invokecloudfunction', { query, body: {} });
}

async function invokeAs(kind: TokenKind, appId: string, env: string) {
	return await invokeWith(sandbox.tokens.issue(appId, kind), env);
}

test.each([
	['access', 'wx-sandbox-shop', 'shop-demo'],
	['access', 'wx-sandbox-customer-a', 'customer-a-demo'],
	['authorizer', 'wx-sandbox-customer-a', 'customer-a-demo'],
	['authorizer', 'wx-sandbox-customer-b', 'customer-b-demo'],
	['component', 'wx-sandbox-provider', 'provider-demo'],
] as const)('a token of the kind "%s" acts for %s in %s', async (kind, appId, env) => {
	expect(readResult(await invokeAs(kind, appId, env))).toEqual({ userInfo: { appId } });
	expect(sandbox.log.at(-1)).toMatchObject({ appId, env, errcode: 0 });
});

test('from the ticket to the result, over HTTP alone', async () => {
	const { component_access_token } = (await requestComponentToken(sandbox)).data;
	const grant = (await requestAuthorizerToken(sandbox, {}, { component_access_token })).data;
	const answer = await invokeWith(grant.authorizer_access_token, 'customer-a-demo');
	expect(readResult(answer)).toEqual({ userInfo: { appId: 'wx-sandbox-customer-a' } });
	const own = await invokeWith(component_access_token, 'provider-demo');
	expect(readResult(own)).toEqual({ userInfo: { appId: 'wx-sandbox-provider' } });
});

test.each([
	['access', 'wx-sandbox-shop'],
	['authorizer', 'wx-sandbox-customer-a'],
	['component', 'wx-sandbox-provider'],
] as const)('get_api_domain_ip proves a token of the kind "%s"', async (kind, appId) => {
	const token = sandbox.tokens.issue(appId, kind);
	expect(await judgeToken(sandbox, token)).toBeUndefined();
	expect(sandbox.log.at(-1)).toMatchObject({ appId });
	sandbox.tokens.expire(token);
	expect(await judgeToken(sandbox, token)).toBe(42001);
});

test.each([
	['component', 'wx-sandbox-provider', 'customer-a-demo'],
	['component', 'wx-sandbox-provider', 'shop-demo'],
	['authorizer', 'wx-sandbox-customer-a', 'provider-demo'],
	['access', 'wx-sandbox-shop', 'provider-demo'],
] as const)('48001: a token of the kind "%s" (%s) in %s', async (kind, appId, env) => {
	await expectCode(invokeAs(kind, appId, env), 48001, 'api unauthorized');
});

test.each([
	['authorizer', 'wx-sandbox-customer-a', 'customer-b-demo'],
	['authorizer', 'wx-sandbox-customer-a', 'shop-demo'],
	['component', 'wx-sandbox-provider', 'provider-office-demo'],
] as const)(
	'-501005: a token of the right kind "%s" (%s) in the environment of another, %s',
	async (kind, appId, env) => {
		await expectCode(invokeAs(kind, appId, env), -501005, 'invalid env');
	},
);

test('-501000: an environment that does not exist, for each kind of token', async () => {
	const text = 'env not exists';
	await expectCode(invokeAs('component', 'wx-sandbox-provider', 'nowhere'), -501000, text);
	await expectCode(invokeAs('authorizer', 'wx-sandbox-customer-a', 'nowhere'), -501000, text);
});
