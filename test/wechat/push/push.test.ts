import fc from 'fast-check';
import { encrypt, encryptPlain, sealPush } from '../../../sandbox/openPlatform/pushes/seal';
import { readEncodingAesKey } from '../../../wechat/push/decrypt';
import { MAX_PUSH_BYTES } from '../../../wechat/push/readPush';
import {
	APP_ID,
	encodingAesKey,
	message,
	otherKey,
	read,
	recipient,
	sender,
	TIMESTAMP,
	wrap,
} from './provider';

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

test('a nickname that is cut in the middle of a character does not make a push unreadable', () => {
	const cut = message.replace('</xml>', '<nickname><![CDATA[茶#]]></nickname></xml>');
	const bytes = Buffer.from(cut);
	bytes[bytes.indexOf('#')] = 0xe8;
	const length = Buffer.alloc(4);
	length.writeUInt32BE(bytes.length);
	const plain = Buffer.concat([Buffer.alloc(16), length, bytes, Buffer.from(APP_ID)]);
	const count = 32 - (plain.length % 32);
	const padded = Buffer.concat([plain, Buffer.alloc(count, count)]);
	expect(read(wrap(encryptPlain(padded, encodingAesKey)))).toMatchObject({
		kind: 'message',
		message: { nickname: '茶\uFFFD', componentVerifyTicket: 'ticket@@@sandbox-dummy' },
	});
});

test.each([
	['as it is', encodingAesKey],
	['with the = of base64', `${encodingAesKey}=`],
	['with blanks around', ` ${encodingAesKey}\t\n`],
	['with a blank before the =', `${encodingAesKey} =`],
	['with a line break inside', `${encodingAesKey.slice(0, 20)}\r\n${encodingAesKey.slice(20)}`],
	['with a blank of a web page', `\u00A0${encodingAesKey}\u200B`],
])('an Encoding AES Key is taken %s', (_how, pasted) => {
	expect(readEncodingAesKey(pasted)).toBe(encodingAesKey);
});

test.each(['', '=', encodingAesKey.slice(1), `${encodingAesKey}0`, `${encodingAesKey.slice(1)}+`])(
	'%j is no Encoding AES Key',
	(pasted) => {
		expect(readEncodingAesKey(pasted)).toBeUndefined();
	},
);

const good = sealPush(message, sender, TIMESTAMP);
const withQuery = (change: Record<string, unknown>) => ({
	...good,
	query: { ...good.query, ...change },
});
const withMessage = (other: string) => sealPush(other, sender, TIMESTAMP);
const blocks = Buffer.alloc(64, 'x');
const ofCustomer = { name: '<ToUserName>gh_0123</ToUserName>', secret: '<Encrypt>AAAA</Encrypt>' };

test.each([
	['badQuery', 'no timestamp', withQuery({ timestamp: undefined })],
	['badQuery', 'no nonce', withQuery({ nonce: '' })],
	['badQuery', 'no msg_signature', withQuery({ msg_signature: undefined })],
	['badQuery', 'two signatures', withQuery({ msg_signature: ['a', 'b'] })],
	['wrongTime', 'too old', sealPush(message, sender, TIMESTAMP - 301)],
	['wrongTime', 'too far ahead', sealPush(message, sender, TIMESTAMP + 301)],
	['wrongTime', 'no number', wrap(encrypt(message, sender), APP_ID, 'now')],
	[
		'wrongSignature',
		'an old one that is not signed either',
		withQuery({ timestamp: TIMESTAMP - 301 + '' }),
	],
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
	['badXml', 'nothing', { ...good, body: '' }],
	['badXml', 'half of it', { ...good, body: good.body.slice(0, good.body.length / 2) }],
	['badXml', 'no Encrypt', { ...good, body: `<xml><AppId>${APP_ID}</AppId></xml>` }],
	['badXml', 'no AppId', { ...good, body: '<xml><Encrypt>AAAA</Encrypt></xml>' }],
	[
		'badXml',
		'no UTF-8',
		{ ...good, body: Buffer.concat([Buffer.from(good.body), Buffer.of(0xff)]) },
	],
	['badXml', 'a DTD', { ...good, body: `<!DOCTYPE xml>${good.body}` }],
	['badXml', 'an attribute', { ...good, body: good.body.replace('<AppId>', '<AppId a="1">') }],
	[
		'badXml',
		'a nested element',
		{ ...good, body: good.body.replace('<xml>', '<xml><A><B>1</B></A>') },
	],
	['badXml', "XML's own entity", { ...good, body: good.body.replace('<xml>', '<xml><A>&lt;</A>') }],
	[
		'customerMessage',
		"an account's message",
		{ ...good, body: `<xml>${ofCustomer.name}${ofCustomer.secret}</xml>` },
	],
	[
		'customerMessage',
		'the same the other way round, in lines',
		{ ...good, body: `<xml>\n${ofCustomer.secret}\n${ofCustomer.name}\n</xml>` },
	],
	[
		'customerMessage',
		'the same as JSON',
		{ ...good, body: '{"ToUserName": "gh_0123", "Encrypt": "AAAA"}' },
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
