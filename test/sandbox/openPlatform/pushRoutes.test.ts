import { EXAMPLES, writeMessage } from '../../../sandbox/openPlatform/pushes/messages';
import type { Sandbox } from '../../engine/sandbox';
import { askAsComponent, call, PROVIDER } from '../client';
import { openMessage, openPush, readLastPush, useReceiver, type Receiver } from './receiver';

const COMPONENT = PROVIDER.component_appid;

let sandbox: Sandbox;
let receiver: Receiver;
let clock: number;

useReceiver({ now: () => clock }, (...opened) => {
	[sandbox, receiver] = opened;
	clock = Date.UTC(2025, 2, 1);
});

async function listAuthorizers() {
	return await askAsComponent(sandbox, 'api_get_authorizer_list', { offset: 0, count: 500 });
}

function readLastMessage({ received }: Receiver): string {
	return openMessage(received[received.length - 1]);
}

const path = `/sandbox/pushes/${COMPONENT}`;

test('an event URL can be set, seen and taken away from outside', async () => {
	const eventUrl = 'http://127.0.0.1:9/elsewhere';
	await call(sandbox, path, { method: 'PUT', body: { eventUrl } });
	const { data } = await call(sandbox, '/sandbox/pushes', { method: 'GET' });
	expect(data).toEqual({ [COMPONENT]: eventUrl });
	expect((await call(sandbox, path, { method: 'DELETE' })).data).toEqual({});
});

test('a hundred customers authorize at one request', async () => {
	const { data } = await call(sandbox, `${path}/authorized`, { body: { count: 100 } });
	expect(data.pushes).toHaveLength(100);
	expect(data.pushes.every((push: { answered: boolean }) => push.answered)).toBe(true);
	expect(JSON.stringify(data)).not.toContain('sandbox-dummy');
	const codes = receiver.received.map((push) => openPush(push).AuthorizationCode);
	expect(new Set(codes).size).toBe(100);
	expect((await listAuthorizers()).data.total_count).toBe(102);
});

test.each(Object.keys(EXAMPLES))('%s is pushed with an example of its fields', async (infoType) => {
	const { data } = await call(sandbox, `${path}/${infoType}`, { body: {} });
	expect(data.pushes).toMatchObject([{ infoType, answered: true }]);
	const message = readLastMessage(receiver);
	expect(message).toContain(`<InfoType><![CDATA[${infoType}]]></InfoType>`);
	expect(message).toContain(writeMessage(EXAMPLES[infoType]).replace(/<\/?xml>/g, ''));
});

test('an InfoType of any name says what it is told to, elements within elements too', async () => {
	const fields = { status: 3, info: { idname: 'Li ]]> Lei', wxuser: { id: 7 } } };
	await call(sandbox, `${path}/notify_something_new`, { body: { fields } });
	expect(readLastMessage(receiver)).toContain(
		'<status>3</status><info><idname><![CDATA[Li ]]]]><![CDATA[> Lei]]></idname>' +
			'<wxuser><id>7</id></wxuser></info></xml>',
	);
});

test('a message may be written word for word', async () => {
	const message = '<xml><CreateTime>1740787200 </CreateTime></xml>';
	await call(sandbox, `${path}/authorized`, { body: { message } });
	expect(readLastMessage(receiver)).toBe(message);
	expect((await listAuthorizers()).data.total_count).toBe(2);
});

test('a push may come from a clock that is behind', async () => {
	await call(sandbox, `${path}/notify_3rd_wxa_auth`, { body: { secondsLate: 7200 } });
	expect(receiver.received[0].query.timestamp).toBe(String(clock / 1000 - 7200));
	expect(readLastPush(receiver).CreateTime).toBe(String(clock / 1000 - 7200));
});

test("a push may look like a message of a customer's account", async () => {
	await call(sandbox, `${path}/text`, { body: { asMessage: true, fields: { Content: 'Hello' } } });
	expect(receiver.received[0].body).toMatch(/^<xml><ToUserName>.*<\/ToUserName><Encrypt>/);
	expect(receiver.received[0].body).not.toContain('<AppId>');
});

test.each([
	[404, 'notify_nothing', {}],
	[400, 'authorized', { message: 5 }],
	[400, 'notify_3rd_wxa_auth', { fields: { list: [] } }],
	[400, 'notify_3rd_wxa_auth', { fields: { 'a b': 'c' } }],
])('%i: %s with %j', async (status, infoType, body) => {
	const answer = await call(sandbox, `${path}/${infoType}`, { body });
	expect(answer.status).toBe(status);
	expect(receiver.received).toEqual([]);
});

test.each([
	['component_verify_ticket', {}, COMPONENT],
	['authorized', { appId: 'wx-sandbox-customer-c' }, 'wx-sandbox-customer-c'],
	['updateauthorized', { appId: 'wx-sandbox-customer-a' }, 'wx-sandbox-customer-a'],
	['unauthorized', { appId: 'wx-sandbox-customer-a' }, 'wx-sandbox-customer-a'],
])('%s is pushed on demand', async (infoType, body, appId) => {
	const { data } = await call(sandbox, `${path}/${infoType}`, { body });
	expect(data).toEqual({ pushes: [{ infoType, appId, answered: true, tries: 1, status: 200 }] });
	expect(readLastPush(receiver).InfoType).toBe(infoType);
});

test.each([
	[405, '/sandbox/pushes', {}],
	[405, path, {}],
	[405, `${path}/authorized`, { method: 'GET' }],
	[404, '/sandbox/pushes/wx-nobody/authorized', {}],
	[404, `${path}/authorised`, {}],
	[404, `${path}/authorized`, { body: { appId: 'wx-nobody' } }],
	[400, `${path}/authorized`, { body: 'not JSON' }],
	[400, `${path}/authorized`, { body: { count: 0 } }],
	[400, `${path}/authorized`, { body: { count: 1001 } }],
	[400, `${path}/updateauthorized`, {}],
	[400, `${path}/unauthorized`, {}],
	[400, path, { method: 'PUT', body: {} }],
	[400, path, { method: 'PUT', body: { eventUrl: 'ftp://127.0.0.1/' } }],
	[400, path, { method: 'PUT', body: { eventUrl: 'http://127.0.0.1/', ticketEveryMs: 0 } }],
])('%i: %s with %j', async (status, address, request) => {
	const answer = await call(sandbox, address, request);
	expect(answer.status).toBe(status);
	expect(answer.data).toEqual({ error: expect.any(String) });
	expect(receiver.received).toEqual([]);
});
