/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { setTimeout as pause } from 'node:timers/promises';
import { OPEN_TIMEOUT_MS, TEST_TIMEOUT_MS } from '../harness/realN8n';
import { makeMessage, openTriggerN8n, seal, SUCCESS, type TriggerN8n } from '../harness/triggerN8n';
import { COMPONENT } from '../harness/workflows/triggerWorkflow';

jest.setTimeout(TEST_TIMEOUT_MS);

const POLL_MS = 50;
let n8n: TriggerN8n;

beforeAll(async () => {
	n8n = await openTriggerN8n([
		{ id: 'all1', credentialId: 'platform' },
		{ id: 'some1', credentialId: 'platform', events: ['authorized', 'unauthorized'] },
		{ id: 'copies1', credentialId: 'platform' },
		{ id: 'changed1', credentialId: 'changed' },
	]);
}, OPEN_TIMEOUT_MS);

afterAll(async () => await n8n.real.close());

describe('what WeChat pushes', () => {
	test('a ticket starts the workflow with one item', async () => {
		const { appId } = COMPONENT;
		const result = await n8n.real.sandbox.pushes.pushTicket(appId);
		expect(result).toMatchObject({ answered: true, tries: 1 });
		const keys = await waitForKeys('component_verify_ticket', 1);
		expect(keys).toEqual([
			{
				infoType: 'component_verify_ticket',
				appId,
				createTime: expect.any(Number),
				componentVerifyTicket: expect.stringMatching(/^ticket@@@sandbox-dummy-/),
			},
		]);
	});

	test('twenty customers who authorize start it twenty times', async () => {
		const { appId } = COMPONENT;
		const path = `${n8n.real.sandbox.url}/sandbox/pushes/${appId}/authorized`;
		const body = JSON.stringify({ count: 20 });
		const answer = await fetch(path, { method: 'POST', body });
		const { pushes } = (await answer.json()) as { pushes: Array<{ answered: boolean }> };
		expect(pushes.filter(({ answered }) => answered)).toHaveLength(20);
		const keys = await waitForKeys('authorized', 20);
		expect(new Set(keys.map((key) => key.authorizerAppid)).size).toBe(20);
		expect(keys[0]).toEqual({
			infoType: 'authorized',
			appId,
			createTime: expect.any(Number),
			authorizerAppid: expect.stringMatching(/^wx-sandbox-customer-/),
			authorizationCode: expect.stringMatching(/^queryauthcode@@@/),
			authorizationCodeExpiredTime: expect.stringMatching(/^\d+$/),
			preAuthCode: expect.stringMatching(/^preauthcode@@@/),
		});
	});

	async function waitForKeys(infoType: string, count: number) {
		for (;;) {
			const keys = n8n.real.sandbox.log
				.filter((entry) => typeof entry.key === 'string')
				.map((entry) => JSON.parse(String(entry.key)) as Record<string, unknown>)
				.filter((item) => item.infoType === infoType);
			if (keys.length >= count) return keys;
			await pause(POLL_MS);
		}
	}

	test.each([
		['text/xml', { 'content-type': 'text/xml' }],
		['application/xml', { 'content-type': 'application/xml; charset=utf-8' }],
		['none', {}],
		['of a form', { 'content-type': 'multipart/form-data; boundary=x' }],
	])('the Content-Type may be %s', async (_type, headers) => {
		const { text, item } = makeMessage();
		const { query, body } = seal(text);
		expect(await n8n.send({ query, body: Buffer.from(body) }, { headers })).toEqual(SUCCESS);
		await n8n.waitForRun(item);
	});

	test('a push that was encrypted with the previous key', async () => {
		const { text, item } = makeMessage();
		expect(await n8n.send(seal(text), { workflowId: 'changed1' })).toEqual(SUCCESS);
		await n8n.waitForRun(item);
	});

	test('events that were not chosen are answered success and start nothing', async () => {
		const others = ['component_verify_ticket', 'updateauthorized', 'something_new'];
		for (const infoType of others) {
			const { text } = makeMessage(infoType);
			expect(await n8n.send(seal(text), { workflowId: 'some1' })).toEqual(SUCCESS);
		}
		await n8n.sendMarker('some1');
		expect(await n8n.countStarts('some1')).toBe(1);
	});

	test('success is answered while the workflow still goes on', async () => {
		n8n.real.sandbox.faults.set('echo', { delayMs: 3000, times: 1 });
		const { text, item } = makeMessage();
		expect(await n8n.send(seal(text))).toEqual(SUCCESS);
		const isOver = () => n8n.real.sandbox.log.some((entry) => entry.key === JSON.stringify(item));
		expect(isOver()).toBe(false);
		while (!isOver()) await pause(POLL_MS);
		n8n.real.sandbox.faults.clear();
	});
});

describe('a push that comes again', () => {
	const toCopies = { workflowId: 'copies1' };

	test('copies at the same moment, repeats, and a repeat encrypted anew start it once', async () => {
		const { text, item } = makeMessage();
		const push = seal(text);
		const copies = Array.from({ length: 8 }, async () => await n8n.send(push, toCopies));
		expect(await Promise.all(copies)).toEqual(copies.map(() => SUCCESS));
		expect(await n8n.send(push, toCopies)).toEqual(SUCCESS);
		expect(await n8n.send(seal(text), toCopies)).toEqual(SUCCESS);
		await n8n.waitForRun(item);
		await n8n.sendMarker('copies1');
		expect(await n8n.countStarts('copies1')).toBe(2);
		expect(n8n.countRuns(item)).toBe(1);
	});

	test('another trigger receives it for itself', async () => {
		const { text, item } = makeMessage();
		for (const workflowId of ['copies1', 'all1']) await n8n.send(seal(text), { workflowId });
		await n8n.waitForRun(item, 2);
	});

	test('n8n knows it after a restart too', async () => {
		const { text, item } = makeMessage();
		const push = seal(text);
		await n8n.send(push, toCopies);
		await n8n.waitForRun(item);
		await n8n.restart();
		const startsBefore = await n8n.countStarts('copies1');
		expect(await n8n.send(push, toCopies)).toEqual(SUCCESS);
		await n8n.sendMarker('copies1');
		expect(await n8n.countStarts('copies1')).toBe(startsBefore + 1);
		expect(n8n.countRuns(item)).toBe(1);
	});
});
