import { findComponent } from '../../sandbox/accounts/components';
import { startSandbox, type Sandbox } from '../engine/sandbox';
import { CUSTOMER_A, PROVIDER, SHOP } from './client';
import { MiniApp, OpenPlatform, ServerRequest } from './easyWechat';
import { startReceiver, type Receiver } from './openPlatform/receiver';

const COMPONENT = PROVIDER.component_appid;

let sandbox: Sandbox;
let receiver: Receiver;

beforeAll(async () => {
	sandbox = await startSandbox();
	receiver = await startReceiver();
	sandbox.pushes.setEventUrl(COMPONENT, receiver.url);
});

afterAll(async () => {
	await Promise.all([sandbox.close(), receiver.close()]);
});

/** Its own is a folder of files. */
function createCache() {
	const kept = new Map<string, unknown>();
	return {
		get: async (key: string) => kept.get(key),
		has: async (key: string) => kept.has(key),
		set: async (key: string, value: unknown) => kept.set(key, value).size > 0,
		delete: async (key: string) => kept.delete(key),
	};
}

function openMiniApp() {
	const app = new MiniApp({
		app_id: SHOP.appid,
		secret: SHOP.secret,
		use_stable_access_token: true,
		http: { baseURL: sandbox.url },
	});
	app.setCache(createCache());
	return app;
}

function openPlatform() {
	const { verificationToken, encodingAesKey } = findComponent(COMPONENT)!;
	const platform = new OpenPlatform({
		app_id: COMPONENT,
		secret: PROVIDER.component_appsecret,
		token: verificationToken,
		aes_key: encodingAesKey,
		http: { baseURL: sandbox.url },
	});
	platform.setCache(createCache());
	return platform;
}

/** Invokes `echo` as somebody's client does. */
async function invokeEcho(app: { getClient(): ReturnType<MiniApp['getClient']> }, env: string) {
	const response = await app.getClient().request('post', '/tcb/invokecloudfunction', {
		params: { env, name: 'echo' },
		data: { order: 7 },
	});
	return response.toObject();
}

/** Lets the library receive the last push: what it answers, and what it has read. */
async function receiveLastPush(platform: OpenPlatform) {
	const { query, body } = receiver.received[receiver.received.length - 1];
	const url = `/event?${new URLSearchParams(query).toString()}`;
	platform.setRequest(new ServerRequest('POST', url, { 'content-type': 'text/xml' }, body));
	const server = platform.getServer();
	let code = '';
	server.with((message, next) => {
		code = String(message.get('AuthorizationCode'));
		return next?.(message);
	});
	const answer = await server.serve();
	return { answer: String(answer.getBody()), code };
}

function ranFor(appId: string) {
	return {
		errcode: 0,
		errmsg: 'ok',
		resp_data: JSON.stringify({ order: 7, userInfo: { appId } }),
	};
}

test("node-easywechat invokes a function with a mini program's token, which it asks for once", async () => {
	const app = openMiniApp();
	expect(await invokeEcho(app, 'shop-demo')).toEqual(ranFor(SHOP.appid));
	expect(await invokeEcho(app, 'shop-demo')).toEqual(ranFor(SHOP.appid));
	const asked = sandbox.log.filter(({ path }) => path === '/cgi-bin/stable_token');
	expect(asked).toHaveLength(1);
});

test('it opens the push of a ticket, and buys a component token with it', async () => {
	const platform = openPlatform();
	await sandbox.pushes.pushTicket(COMPONENT);
	expect(await receiveLastPush(platform)).toMatchObject({ answer: 'success' });
	const token = await platform.getComponentAccessToken().getToken();
	expect(sandbox.tokens.listAll()).toContain(token);
	expect(await platform.createPreAuthorizationCode()).toMatchObject({ expires_in: 1800 });
});

test("it invokes a customer's function with the token that a refresh token buys", async () => {
	const platform = openPlatform();
	await platform.getVerifyTicket().setTicket?.(PROVIDER.component_verify_ticket);
	const { authorizer_appid, authorizer_refresh_token } = CUSTOMER_A;
	const app = await platform.getMiniAppWithRefreshToken(authorizer_appid, authorizer_refresh_token);
	expect(await invokeEcho(app, 'customer-a-demo')).toEqual(ranFor(authorizer_appid));
});

test("it invokes a new customer's function with what its code buys", async () => {
	const platform = openPlatform();
	await platform.getVerifyTicket().setTicket?.(PROVIDER.component_verify_ticket);
	const { appId } = await sandbox.pushes.authorize(COMPONENT);
	const { answer, code } = await receiveLastPush(platform);
	expect(answer).toBe('success');
	const authorization = await platform.getAuthorization(code);
	expect(authorization.getAppId()).toBe(appId);
	const app = platform.getMiniApp(authorization.getAccessToken());
	expect(await invokeEcho(app, 'customer-1-demo')).toEqual(ranFor(appId));
});
