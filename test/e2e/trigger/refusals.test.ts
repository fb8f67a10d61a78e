/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
	encrypt,
	encryptPlain,
	sign,
	type SealedPush,
} from '../../../sandbox/openPlatform/pushes/seal';
import { OPEN_TIMEOUT_MS, TEST_TIMEOUT_MS } from '../harness/realN8n';
import {
	makeMessage,
	openTriggerN8n,
	OTHER_KEY,
	seal,
	type TriggerN8n,
} from '../harness/triggerN8n';
import { COMPONENT, platformCredential } from '../harness/workflows/triggerWorkflow';

jest.setTimeout(TEST_TIMEOUT_MS);

/** n8n's own limit is 16 MB. */
const FAR_TOO_LARGE_BYTES = 17 * 1024 * 1024;
const SECRET_TICKET = 'ticket@@@sandbox-dummy-of-this-test';
let n8n: TriggerN8n;

beforeAll(async () => {
	n8n = await openTriggerN8n([
		{ id: 'refusing1', credentialId: 'platform' },
		{ id: 'broken1', credentialId: 'broken' },
	]);
}, OPEN_TIMEOUT_MS);

afterAll(async () => await n8n.real.close());

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
		expect(await n8n.send(make(), { workflowId: 'refusing1' })).toEqual(answer);
	});

	test.each([
		['more than n8n itself takes', () => padTo(FAR_TOO_LARGE_BYTES)],
		[
			'more than n8n itself takes, in pieces',
			() => ({ ...good(), body: inPieces(FAR_TOO_LARGE_BYTES) }),
		],
	])('%s', async (_what, make) => {
		// n8n answers without reading on and hangs up: whoever still sends may find that out before the answer.
		const answer = await n8n.send(make(), { workflowId: 'refusing1' }).catch(() => 'hung up');
		expect([tooLarge, 'hung up']).toContainEqual(answer);
	});

	test('none of these has started the workflow', async () => {
		await n8n.sendMarker('refusing1');
		expect(await n8n.countStarts('refusing1')).toBe(1);
	});

	test('a push to a trigger whose credential cannot be right', async () => {
		const answer = await n8n.send(good(), { workflowId: 'broken1' });
		expect(answer).toEqual({ status: 503, text: 'This address is not ready.' });
		expect(await n8n.countStarts('broken1')).toBe(0);
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
	const result = await n8n.session().testCredential(platformCredential('platform', change));
	expect(result).toEqual({ status, message: expect.stringMatching(message) });
});

test("n8n's own log says why a push was refused, and nothing of what was pushed", async () => {
	const { text, item } = makeMessage('component_verify_ticket', {
		ComponentVerifyTicket: SECRET_TICKET,
	});
	await n8n.send(seal(text));
	await n8n.waitForRun({ ...item, componentVerifyTicket: SECRET_TICKET });
	await n8n.send(seal(text, { verificationToken: 'sandboxDummyWrong' }));
	await n8n.send(seal(text, { encodingAesKey: OTHER_KEY }));
	const refused = seal(`<!DOCTYPE xml>${text}`);
	await n8n.send(refused);

	const log = await readFile(path.join(n8n.real.n8n.userFolder, 'n8n.log'), 'utf8');
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
