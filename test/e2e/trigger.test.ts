/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { N8nServer } from '../../n8n/server';
import { logIn, type Session } from '../../n8n/session';
import { openOwnSession, owner } from './harness/owner';
import { writeMessage, type MessageFields } from '../../sandbox/openPlatform/pushes/messages';
import {
	encrypt,
	encryptPlain,
	sealPush,
	sign,
	type SealedPush,
} from '../../sandbox/openPlatform/pushes/seal';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from './harness/realN8n';
import {
	buildTriggerWorkflow,
	COMPONENT,
	findEventUrl,
	platformCredential,
} from './harness/workflows/triggerWorkflow';

jest.setTimeout(TEST_TIMEOUT_MS);

const POLL_MS = 50;
/** n8n's own limit is 16 MB. */
const FAR_TOO_LARGE_BYTES = 17 * 1024 * 1024;
const START_SECONDS = Math.floor(Date.now() / 1000);
const OTHER_KEY = 'SandboxDummyEncodingAesKeyOfTheOffice012345';
const SECRET_TICKET = 'ticket@@@sandbox-dummy-of-this-test';
let real: RealN8n;
let server: N8nServer;
let session: Session;
let messages = 0;

beforeAll(async () => {
	real = await openRealN8n();
	const { n8n, sandbox } = real;
	await n8n.importCredentials([
		credentialOf('shop', sandbox.url, {
			appId: 'wx-sandbox-shop',
			appSecret: 'sandbox-dummy-secret',
		}),
		platformCredential('platform'),
		platformCredential('changed', {
			encodingAesSecretKey: OTHER_KEY,
			previousEncodingAesSecretKey: COMPONENT.encodingAesKey,
		}),
		platformCredential('broken', { encodingAesSecretKey: 'dummy' }),
	]);
	const workflows = [
		{ id: 'all1', credentialId: 'platform' },
		{ id: 'some1', credentialId: 'platform', events: ['authorized', 'unauthorized'] },
		{ id: 'copies1', credentialId: 'platform' },
		{ id: 'refusing1', credentialId: 'platform' },
		{ id: 'changed1', credentialId: 'changed' },
		{ id: 'broken1', credentialId: 'broken' },
	].map((step) => buildTriggerWorkflow({ ...step, invokeCredentialId: 'shop' }));
	await n8n.importWorkflows(workflows);
	server = await n8n.start();
	session = await openOwnSession(server.url);
	for (const { id } of workflows) await publish(id);
	sandbox.pushes.setEventUrl(COMPONENT.appId, findEventUrl(server.url, 'all1'));
}, OPEN_TIMEOUT_MS);

afterAll(async () => await real.close());

/** What the editor's "Publish" button does: one n8n command for each workflow would take far longer. */
async function publish(workflowId: string): Promise<void> {
	const { versionId } = (await session.request('GET', `/workflows/${workflowId}`)) as {
		versionId: string;
	};
	await session.request('POST', `/workflows/${workflowId}/activate`, { versionId });
}

/** A message that no other test sends, and the item it becomes. */
function makeMessage(infoType = 'authorized', change: MessageFields = {}) {
	messages += 1;
	const CreateTime = START_SECONDS - messages;
	const fields = { AppId: COMPONENT.appId, CreateTime, InfoType: infoType, ...change };
	const item = { infoType, appId: COMPONENT.appId, createTime: CreateTime };
	return { text: writeMessage(fields), item };
}

function seal(text: string, change: Partial<typeof COMPONENT> = {}, secondsOff = 0): SealedPush {
	const timestamp = Math.floor(Date.now() / 1000) + secondsOff;
	return sealPush(text, { ...COMPONENT, ...change }, timestamp);
}

interface Sending {
	workflowId?: string;
	headers?: Record<string, string>;
}

async function send(push: { query: Record<string, string>; body: unknown }, to: Sending = {}) {
	const url = new URL(findEventUrl(server.url, to.workflowId ?? 'all1'));
	for (const [key, value] of Object.entries(push.query)) url.searchParams.set(key, value);
	const answer = await fetch(url, {
		method: 'POST',
		// Of its own: a connection with a body that was cut short is of no use to the next request.
		headers: { connection: 'close', ...(to.headers ?? { 'content-type': 'text/xml' }) },
		body: push.body,
		// Node's own, for a body that comes in pieces.
		duplex: 'half',
	} as RequestInit);
	return { status: answer.status, text: await answer.text() };
}

function countRuns(item: object): number {
	return real.sandbox.runs('echo', JSON.stringify(item));
}

async function waitForRun(item: object): Promise<void> {
	while (countRuns(item) === 0) await pause(POLL_MS);
}

/** How many times a workflow was started. n8n lists 100 at most. */
async function countStarts(workflowId: string): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = (await session.request('GET', `/executions?filter=${filter}&limit=100`)) as {
		results: unknown[];
	};
	return results.length;
}

/** Sends a push that starts the workflow, so that what was sent before it has been dealt with. */
async function sendMarker(workflowId: string): Promise<void> {
	const { text, item } = makeMessage();
	expect(await send(seal(text), { workflowId })).toEqual(SUCCESS);
	await waitForRun(item);
}

const SUCCESS = { status: 200, text: 'success' };

describe('what WeChat pushes', () => {
	test('a ticket starts the workflow with one item', async () => {
		const { appId } = COMPONENT;
		const result = await real.sandbox.pushes.pushTicket(appId);
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
		const path = `${real.sandbox.url}/sandbox/pushes/${appId}/authorized`;
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
			const keys = real.sandbox.log
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
		expect(await send({ query, body: Buffer.from(body) }, { headers })).toEqual(SUCCESS);
		await waitForRun(item);
	});

	test('a push that was encrypted with the previous key', async () => {
		const { text, item } = makeMessage();
		expect(await send(seal(text), { workflowId: 'changed1' })).toEqual(SUCCESS);
		await waitForRun(item);
	});

	test('events that were not chosen are answered success and start nothing', async () => {
		const others = ['component_verify_ticket', 'updateauthorized', 'something_new'];
		for (const infoType of others) {
			const { text } = makeMessage(infoType);
			expect(await send(seal(text), { workflowId: 'some1' })).toEqual(SUCCESS);
		}
		await sendMarker('some1');
		expect(await countStarts('some1')).toBe(1);
	});

	test('success is answered while the workflow still goes on', async () => {
		real.sandbox.faults.set('echo', { delayMs: 3000, times: 1 });
		const { text, item } = makeMessage();
		expect(await send(seal(text))).toEqual(SUCCESS);
		const isOver = () => real.sandbox.log.some((entry) => entry.key === JSON.stringify(item));
		expect(isOver()).toBe(false);
		while (!isOver()) await pause(POLL_MS);
		real.sandbox.faults.clear();
	});
});

describe('a push that comes again', () => {
	const toCopies = { workflowId: 'copies1' };

	test('copies at the same moment, repeats, and a repeat encrypted anew start it once', async () => {
		const { text, item } = makeMessage();
		const push = seal(text);
		const copies = Array.from({ length: 8 }, async () => await send(push, toCopies));
		expect(await Promise.all(copies)).toEqual(copies.map(() => SUCCESS));
		expect(await send(push, toCopies)).toEqual(SUCCESS);
		expect(await send(seal(text), toCopies)).toEqual(SUCCESS);
		await waitForRun(item);
		await sendMarker('copies1');
		expect(await countStarts('copies1')).toBe(2);
		expect(countRuns(item)).toBe(1);
	});

	test('another trigger receives it for itself', async () => {
		const { text, item } = makeMessage();
		for (const workflowId of ['copies1', 'all1']) await send(seal(text), { workflowId });
		while (countRuns(item) < 2) await pause(POLL_MS);
	});

	test('n8n knows it after a restart too', async () => {
		const { text, item } = makeMessage();
		const push = seal(text);
		await send(push, toCopies);
		await waitForRun(item);
		await server.stop();
		server = await real.n8n.start();
		session = await logIn(server.url, owner);
		const startsBefore = await countStarts('copies1');
		expect(await send(push, toCopies)).toEqual(SUCCESS);
		await sendMarker('copies1');
		expect(await countStarts('copies1')).toBe(startsBefore + 1);
		expect(countRuns(item)).toBe(1);
	});
});

describe('what is refused starts nothing', () => {
	const notVerified = { status: 403, text: 'This push could not be verified.' };
	const noPush = { status: 400, text: 'This is no push of WeChat.' };
	const tooLarge = { status: 413, text: 'This is too large for a push of WeChat.' };
	const good = () => seal(makeMessage().text);
	const padTo = (bytes: number) => ({ ...good(), body: ' '.repeat(bytes) });

	/** A well-signed envelope, whatever is in it. */
	function wrap(encrypted: string): SealedPush {
		const timestamp = String(Math.floor(Date.now() / 1000));
		const msg_signature = sign([COMPONENT.verificationToken, timestamp, '1', encrypted]);
		return {
			query: { timestamp, nonce: '1', msg_signature },
			body: `<xml><AppId>${COMPONENT.appId}</AppId><Encrypt>${encrypted}</Encrypt></xml>`,
		};
	}

	function withoutQuery(name: string): SealedPush {
		const { query, body } = good();
		const others = Object.entries(query).filter(([key]) => key !== name);
		return { query: Object.fromEntries(others), body };
	}

	async function* inPieces(bytes: number) {
		for (let sent = 0; sent < bytes; sent += 65_536) yield Buffer.alloc(65_536, ' ');
	}

	test.each<
		[
			string,
			{ status: number; text: string },
			() => { query: Record<string, string>; body: unknown },
		]
	>([
		[
			'a wrong signature',
			notVerified,
			() => seal(makeMessage().text, { verificationToken: 'dummy' }),
		],
		['a wrong key', notVerified, () => seal(makeMessage().text, { encodingAesKey: OTHER_KEY })],
		[
			'a wrong padding',
			notVerified,
			() => wrap(encryptPlain(Buffer.alloc(64), COMPONENT.encodingAesKey)),
		],
		[
			'another App ID inside',
			notVerified,
			() => wrap(encrypt(makeMessage().text, { ...COMPONENT, appId: 'wx-else' })),
		],
		['another App ID outside', notVerified, () => seal(makeMessage().text, { appId: 'wx-else' })],
		[
			'a message about another App ID',
			notVerified,
			() => seal(makeMessage('authorized', { AppId: 'wx-else' }).text),
		],
		['a message with a DTD', notVerified, () => seal(`<!DOCTYPE xml>${makeMessage().text}`)],
		['a timestamp too old', notVerified, () => seal(makeMessage().text, {}, -330)],
		['a timestamp too far ahead', notVerified, () => seal(makeMessage().text, {}, 330)],
		['no timestamp', noPush, () => withoutQuery('timestamp')],
		['no nonce', noPush, () => withoutQuery('nonce')],
		['no msg_signature', noPush, () => withoutQuery('msg_signature')],
		['no body', noPush, () => ({ ...good(), body: '' })],
		[
			'broken XML',
			noPush,
			() => ({ ...good(), body: good().body.replace('</Encrypt>', '</Encrypted>') }),
		],
		['half of the XML', noPush, () => ({ ...good(), body: good().body.slice(0, 80) })],
		['XML with a DTD', noPush, () => ({ ...good(), body: `<!DOCTYPE xml>${good().body}` })],
		[
			'XML with an entity',
			noPush,
			() => ({ ...good(), body: good().body.replace('<xml>', '<xml><A>&lt;</A>') }),
		],
		['65 kB', tooLarge, () => padTo(65_537)],
		['65 kB in pieces', tooLarge, () => ({ ...good(), body: inPieces(131_072) })],
	])('%s', async (_what, answer, make) => {
		expect(await send(make(), { workflowId: 'refusing1' })).toEqual(answer);
	});

	test.each([
		['more than n8n itself takes', () => padTo(FAR_TOO_LARGE_BYTES)],
		[
			'more than n8n itself takes, in pieces',
			() => ({ ...good(), body: inPieces(FAR_TOO_LARGE_BYTES) }),
		],
	])('%s', async (_what, make) => {
		// n8n answers without reading on and hangs up: whoever still sends may find that out before the answer.
		const answer = await send(make(), { workflowId: 'refusing1' }).catch(() => 'hung up');
		expect([tooLarge, 'hung up']).toContainEqual(answer);
	});

	test('none of these has started the workflow', async () => {
		await sendMarker('refusing1');
		expect(await countStarts('refusing1')).toBe(1);
	});

	test('a push to a trigger whose credential cannot be right', async () => {
		const answer = await send(good(), { workflowId: 'broken1' });
		expect(answer).toEqual({ status: 503, text: 'This address is not ready.' });
		expect(await countStarts('broken1')).toBe(0);
	});
});

test.each([
	[{}, { status: 'OK', message: /^The fields are complete/ }],
	[
		{ componentAppId: '' },
		{ status: 'Error', message: /^The credential holds no Component App ID/ },
	],
	[
		{ verificationToken: '' },
		{ status: 'Error', message: /^The credential holds no Verification/ },
	],
	[
		{ encodingAesSecretKey: 'dummy' },
		{ status: 'Error', message: /^The Encoding AES Key must have 43/ },
	],
	[
		{ previousEncodingAesSecretKey: 'dummy' },
		{ status: 'Error', message: /^The Previous Encoding/ },
	],
])("the credential's Test button with %j", async (change, { status, message }) => {
	const result = await session.testCredential(platformCredential('platform', change));
	expect(result).toEqual({ status, message: expect.stringMatching(message) });
});

test("n8n's own log says why a push was refused, and nothing of what was pushed", async () => {
	const { text, item } = makeMessage('component_verify_ticket', {
		ComponentVerifyTicket: SECRET_TICKET,
	});
	await send(seal(text));
	await waitForRun({ ...item, componentVerifyTicket: SECRET_TICKET });
	await send(seal(text, { verificationToken: 'sandboxDummyWrong' }));
	await send(seal(text, { encodingAesKey: OTHER_KEY }));
	const refused = seal(`<!DOCTYPE xml>${text}`);
	await send(refused);

	const log = await readFile(path.join(real.n8n.userFolder, 'n8n.log'), 'utf8');
	expect(log).toContain('refused a push: its signature is wrong');
	expect(log).toContain('refused a push: it could not be decrypted');
	expect(log).toContain("refused a push: what was encrypted is not WeChat's XML");
	const { verificationToken, encodingAesKey } = COMPONENT;
	const encrypted = /CDATA\[([^\]]{60,})\]/.exec(refused.body)?.[1] ?? '';
	expect(encrypted).not.toBe('');
	const secrets = [verificationToken, encodingAesKey, OTHER_KEY, SECRET_TICKET, encrypted];
	expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
	expect(log).not.toMatch(/queryauthcode@@@|ticket@@@|preauthcode@@@/);
});
