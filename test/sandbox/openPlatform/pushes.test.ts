import type { Sandbox } from '../../engine/sandbox';
import { call, expectCode, judgeToken, PROVIDER, requestComponentToken } from '../client';
import { openPush, SUCCESS, useReceiver, type Receiver, type ReceiverAnswer } from './receiver';

const TWELVE_HOURS_MS = 12 * 3_600_000;
const APP_ID = PROVIDER.component_appid;
const TICKET_PUSH = { infoType: 'component_verify_ticket', appId: APP_ID };

let sandbox: Sandbox;
let receiver: Receiver;
let clock: number;
let answer: (number: number) => ReceiverAnswer;

useReceiver(
	{ now: () => clock, pushTimeLimitMs: 300 },
	(...opened) => {
		[sandbox, receiver] = opened;
		clock = Date.UTC(2025, 2, 1);
		answer = () => SUCCESS;
	},
	(number) => answer(number),
);

async function requestWithTicket(component_verify_ticket: string) {
	return await requestComponentToken(sandbox, { component_verify_ticket });
}

test('a ticket arrives signed and encrypted, and buys a component token', async () => {
	expect(await sandbox.pushes.pushTicket(APP_ID)).toEqual({
		...TICKET_PUSH,
		answered: true,
		tries: 1,
		status: 200,
	});
	const [push] = receiver.received;
	expect(push.contentType).toBe('text/xml');
	expect(push.query).toMatchObject({ encrypt_type: 'aes', timestamp: String(clock / 1000) });
	const { ComponentVerifyTicket, ...message } = openPush(push);
	expect(message).toEqual({
		AppId: APP_ID,
		CreateTime: String(clock / 1000),
		InfoType: 'component_verify_ticket',
	});
	const { data } = await requestWithTicket(ComponentVerifyTicket);
	expect(await judgeToken(sandbox, data.component_access_token)).toBeUndefined();
});

test('an earlier ticket is good for 12 hours, then it is over; to another component it is none', async () => {
	await sandbox.pushes.pushTicket(APP_ID);
	clock += 1;
	await sandbox.pushes.pushTicket(APP_ID);
	const [first, second] = receiver.received.map((push) => openPush(push).ComponentVerifyTicket);
	expect(second).not.toBe(first);
	clock += TWELVE_HOURS_MS - 2;
	expect((await requestWithTicket(first)).data).toHaveProperty('component_access_token');
	clock += 1;
	await expectCode(requestWithTicket(first), 61005, 'component ticket is expired');
	expect((await requestWithTicket(second)).data).toHaveProperty('component_access_token');

	const office = { ...PROVIDER, component_appid: 'wx-sandbox-provider-office' };
	sandbox.pushes.setEventUrl(office.component_appid, receiver.url);
	await sandbox.pushes.pushTicket(office.component_appid);
	const { ComponentVerifyTicket } = openPush(receiver.received[2]);
	await expectCode(requestWithTicket(ComponentVerifyTicket), 61006, 'ticket is invalid');
});

test.each<[string, ReceiverAnswer]>([
	['another text', { status: 200, body: 'ok' }],
	['another status', { status: 500, body: 'success' }],
	['no answer in time', undefined],
])('%s: the very same push comes again, until it is answered success', async (_case, first) => {
	answer = (number) => (number === 1 ? first : SUCCESS);
	expect(await sandbox.pushes.pushTicket(APP_ID)).toMatchObject({ answered: true, tries: 2 });
	expect(receiver.received).toHaveLength(2);
	expect(receiver.received[1]).toEqual(receiver.received[0]);
});

test('a push that is never answered success is sent 3 times; its ticket is good all the same', async () => {
	answer = () => ({ status: 503, body: 'busy' });
	const result = { ...TICKET_PUSH, answered: false, tries: 3, status: 503 };
	expect(await sandbox.pushes.pushTicket(APP_ID)).toEqual(result);
	expect(receiver.received).toHaveLength(3);
	const { ComponentVerifyTicket } = openPush(receiver.received[0]);
	expect((await requestWithTicket(ComponentVerifyTicket)).data).toHaveProperty('expires_in');
});

test('without an event URL nothing is sent', async () => {
	sandbox.pushes.setEventUrl(APP_ID, undefined);
	expect(await sandbox.pushes.pushTicket(APP_ID)).toMatchObject({ answered: false, tries: 0 });
	expect(receiver.received).toEqual([]);
});

test('the log says what was pushed, to whom and whether it was answered, and nothing secret', async () => {
	await sandbox.pushes.pushTicket(APP_ID);
	await sandbox.pushes.authorize(APP_ID);
	answer = () => ({ status: 404, body: 'none' });
	await sandbox.pushes.pushTicket(APP_ID);
	const push = { path: '(push)', errcode: null };
	const authorized = { infoType: 'authorized', appId: 'wx-sandbox-customer-1' };
	expect(sandbox.log).toEqual([
		{ ...push, ...TICKET_PUSH, answered: true, tries: 1 },
		{ ...push, ...authorized, answered: true, tries: 1 },
		{ ...push, ...TICKET_PUSH, answered: false, tries: 3, status: 404 },
	]);
});

test('tickets come by themselves, at once and then again, until that is ended', async () => {
	const threeTickets = new Promise<void>((resolve) => {
		answer = (number) => {
			if (number === 3) resolve();
			return SUCCESS;
		};
	});
	sandbox.pushes.scheduleTickets(APP_ID, 10);
	await threeTickets;
	sandbox.pushes.scheduleTickets(APP_ID, undefined);
	const tickets = receiver.received.map((push) => openPush(push).ComponentVerifyTicket);
	expect(new Set(tickets).size).toBe(tickets.length);
});

describe('api_start_push_ticket', () => {
	const path = '/cgi-bin/component/api_start_push_ticket';
	const good = { component_appid: APP_ID, component_secret: PROVIDER.component_appsecret };

	test('answers ok and pushes a ticket', async () => {
		const arrived = new Promise<void>((resolve) => {
			answer = () => {
				resolve();
				return SUCCESS;
			};
		});
		expect((await call(sandbox, path, { body: good })).data).toEqual({ errcode: 0, errmsg: 'ok' });
		await arrived;
		expect(openPush(receiver.received[0])).toHaveProperty('ComponentVerifyTicket');
	});

	test.each([
		[43002, { method: 'GET' }],
		[44002, { body: undefined }],
		[47001, { body: 'component_appid=wx-sandbox-provider' }],
		[41018, { body: { ...good, component_appid: undefined } }],
		[41004, { body: { ...good, component_secret: undefined } }],
		[61011, { body: { ...good, component_appid: 'wx-nobody' } }],
		[40125, { body: { ...good, component_secret: 'dummy' } }],
	])('%i: a request made with %j', async (errcode, request) => {
		await expectCode(call(sandbox, path, { body: good, ...request }), errcode, '');
		expect(receiver.received).toEqual([]);
	});
});
