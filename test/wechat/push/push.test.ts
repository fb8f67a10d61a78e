import fc from 'fast-check';
import WXBizMsgCrypt from 'wechat-crypto';
import { encrypt, encryptPlain, sealPush, sign } from '../../../sandbox/openPlatform/pushes/seal';
import { decryptPush } from '../../../wechat/push/decrypt';
import { MAX_PUSH_BYTES, readPush, type Recipient } from '../../../wechat/push/readPush';
import { isSignedBy, signPush } from '../../../wechat/push/signature';

const NOW = Date.UTC(2025, 2, 1);
const TIMESTAMP = NOW / 1000;
const APP_ID = 'wx-sandbox-provider';
const verificationToken = 'sandboxDummyVerification';
const encodingAesKey = 'SandboxDummyEncodingAesKeyOfTheProvider0123';
const otherKey = 'SandboxDummyEncodingAesKeyOfTheOffice012345';
const sender = { appId: APP_ID, verificationToken, encodingAesKey };
const recipient: Recipient = {
	appId: APP_ID,
	verificationToken,
	encodingAesKeys: [encodingAesKey],
};
const message = `<xml><AppId><![CDATA[${APP_ID}]]></AppId><CreateTime>1740787200</CreateTime><InfoType><![CDATA[component_verify_ticket]]></InfoType><ComponentVerifyTicket><![CDATA[ticket@@@sandbox-dummy]]></ComponentVerifyTicket></xml>`;

const key = fc.string({
	unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'),
	minLength: 43,
	maxLength: 43,
});
const text = fc.string({ unit: 'binary', maxLength: 300 });
const ascii = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 });

function read(push: { query: Record<string, unknown>; body: string | Buffer }, to = recipient) {
	return readPush({ query: push.query, body: Buffer.from(push.body) }, to, NOW);
}

/** A push whose envelope is signed as it is, whatever it holds. */
function wrap(encrypted: string, appId = APP_ID) {
	const query = {
		timestamp: String(TIMESTAMP),
		nonce: '1',
		msg_signature: sign([verificationToken, String(TIMESTAMP), '1', encrypted]),
	};
	const body = `<xml><AppId>${appId}</AppId><Encrypt>${encrypted}</Encrypt></xml>`;
	return { query, body };
}

describe('agreement with the npm package wechat-crypto', () => {
	test('its signatures are ours', () => {
		fc.assert(
			fc.property(ascii, ascii, ascii, ascii, (secret, timestamp, nonce, encrypted) => {
				const theirs = new WXBizMsgCrypt(secret, encodingAesKey, APP_ID);
				const parts = { verificationToken: secret, timestamp, nonce, encrypted };
				const signature = theirs.getSignature(timestamp, nonce, encrypted);
				expect(signPush(parts)).toBe(signature);
				expect(isSignedBy(parts, signature)).toBe(true);
				expect(sign([secret, timestamp, nonce, encrypted])).toBe(signature);
			}),
		);
	});

	test('what it encrypts, we read, and what the sandbox encrypts, it reads', () => {
		fc.assert(
			fc.property(text, ascii, key, (secretMessage, appId, ofBoth) => {
				const theirs = new WXBizMsgCrypt(verificationToken, ofBoth, appId);
				const encrypted = theirs.encrypt(secretMessage);
				expect(decryptPush(encrypted, ofBoth)).toEqual({ message: secretMessage, appId });

				const own = encrypt(secretMessage, { appId, verificationToken, encodingAesKey: ofBoth });
				expect(theirs.decrypt(own)).toEqual({ message: secretMessage, id: appId });
				expect(decryptPush(own, ofBoth)).toEqual({ message: secretMessage, appId });
			}),
		);
	});

	test('a push that it has signed and encrypted is read', () => {
		const theirs = new WXBizMsgCrypt(verificationToken, encodingAesKey, APP_ID);
		const encrypted = theirs.encrypt(message);
		const push = wrap(encrypted);
		const timestamp = String(TIMESTAMP);
		push.query.msg_signature = theirs.getSignature(timestamp, push.query.nonce, encrypted);
		expect(read(push)).toMatchObject({ kind: 'message' });
	});
});

test('a push is read into its fields, in lower camel case', () => {
	expect(read(sealPush(message, sender, TIMESTAMP))).toEqual({
		kind: 'message',
		text: message,
		message: {
			infoType: 'component_verify_ticket',
			appId: APP_ID,
			createTime: 1740787200,
			componentVerifyTicket: 'ticket@@@sandbox-dummy',
		},
	});
});

test('WeChat may go on using the previous key for a while', () => {
	const changed = { ...recipient, encodingAesKeys: [otherKey, encodingAesKey] };
	const push = sealPush(message, sender, TIMESTAMP);
	expect(read(push, changed)).toMatchObject({ kind: 'message' });
	const refused = { kind: 'refused', refusal: 'wrongKey' };
	expect(read(push, { ...recipient, encodingAesKeys: [otherKey] })).toEqual(refused);
});

test.each([-300, 0, 300])('a timestamp that is %i seconds off is good', (seconds) => {
	const push = sealPush(message, sender, TIMESTAMP + seconds);
	expect(read(push)).toMatchObject({ kind: 'message' });
});

const good = sealPush(message, sender, TIMESTAMP);
const withQuery = (change: Record<string, unknown>) => ({
	...good,
	query: { ...good.query, ...change },
});
const withMessage = (other: string) => sealPush(other, sender, TIMESTAMP);
const blocks = Buffer.alloc(64, 'x');

test.each([
	['badQuery', 'no timestamp', withQuery({ timestamp: undefined })],
	['badQuery', 'no nonce', withQuery({ nonce: '' })],
	['badQuery', 'no msg_signature', withQuery({ msg_signature: undefined })],
	['badQuery', 'two signatures', withQuery({ msg_signature: ['a', 'b'] })],
	['wrongTime', 'too old', sealPush(message, sender, TIMESTAMP - 301)],
	['wrongTime', 'too far ahead', sealPush(message, sender, TIMESTAMP + 301)],
	['wrongTime', 'no number', withQuery({ timestamp: 'now' })],
	['wrongSignature', 'another token', withMessageOf({ verificationToken: 'anotherDummy' })],
	['wrongSignature', 'another nonce', withQuery({ nonce: 'another' })],
	['wrongSignature', 'no digits', withQuery({ msg_signature: 'none' })],
	['wrongSignature', 'capitals', withQuery({ msg_signature: 'A'.repeat(40) })],
	['wrongKey', 'another key', withMessageOf({ encodingAesKey: otherKey })],
	[
		'wrongKey',
		'an App ID inside that is not ours',
		wrap(encrypt(message, { ...sender, appId: 'wx-else' })),
	],
	['wrongKey', 'no base64', wrap('####')],
	['wrongKey', 'half a block', wrap(Buffer.alloc(16).toString('base64'))],
	['wrongKey', 'padding 0', wrap(encryptPlain(endWith(0, 1), encodingAesKey))],
	['wrongKey', 'padding 33', wrap(encryptPlain(endWith(33, 33), encodingAesKey))],
	['wrongKey', 'a padding of unequal bytes', wrap(encryptPlain(endWith(9, 8), encodingAesKey))],
	['wrongKey', 'a length beyond the end', wrap(encryptPlain(endWith(4, 4), encodingAesKey))],
	['wrongAppId', 'an envelope for somebody else', withMessageOf({ appId: 'wx-else' })],
	['wrongAppId', 'a message about somebody else', withMessage(message.replace(APP_ID, 'wx-else'))],
	['badMessage', 'no XML inside', withMessage('{"InfoType":"authorized"}')],
	['badMessage', 'no InfoType', withMessage(message.replaceAll('InfoType', 'Type'))],
	['badMessage', 'no CreateTime', withMessage(message.replaceAll('CreateTime', 'Time'))],
	[
		'badMessage',
		'a CreateTime that is no number',
		withMessage(message.replace('1740787200', 'now')),
	],
	[
		'badMessage',
		'names that become one',
		withMessage(message.replace('</xml>', '<app_id>wx-else</app_id></xml>')),
	],
	['badXml', 'nothing', { ...good, body: '' }],
	['badXml', 'half of it', { ...good, body: good.body.slice(0, good.body.length / 2) }],
	['badXml', 'no Encrypt', { ...good, body: `<xml><AppId>${APP_ID}</AppId></xml>` }],
	['badXml', 'no AppId', { ...good, body: '<xml><Encrypt>AAAA</Encrypt></xml>' }],
	[
		'badXml',
		'no UTF-8',
		{ ...good, body: Buffer.concat([Buffer.from(good.body), Buffer.of(0xff)]) },
	],
	['tooLarge', 'over 64 kB', { ...good, body: good.body + ' '.repeat(MAX_PUSH_BYTES) }],
])('%s: %s', (refusal, _what, push) => {
	expect(read(push)).toEqual({ kind: 'refused', refusal });
});

function withMessageOf(change: Partial<typeof sender>) {
	return sealPush(message, { ...sender, ...change }, TIMESTAMP);
}

/** Two blocks that end with a byte, so often. */
function endWith(byte: number, count: number): Buffer {
	return Buffer.concat([blocks.subarray(count), Buffer.alloc(count, byte)]);
}

test('a push of which any byte is another is refused', () => {
	const body = Buffer.from(good.body);
	const byte = fc.integer({ min: 1, max: 255 });
	fc.assert(
		fc.property(fc.nat(body.length - 1), byte, (position, difference) => {
			const changed = Buffer.from(body);
			changed[position] ^= difference;
			expect(read({ query: good.query, body: changed }).kind).toBe('refused');
		}),
		{ numRuns: 3000 },
	);
});

test.each(['timestamp', 'nonce', 'msg_signature'])(
	'a push is refused when any character of its %s is another',
	(name) => {
		const value = good.query[name];
		for (let position = 0; position < value.length; position += 1) {
			const other = value[position] === '1' ? '2' : '1';
			const changed = value.slice(0, position) + other + value.slice(position + 1);
			expect(read(withQuery({ [name]: changed })).kind).toBe('refused');
		}
	},
);
