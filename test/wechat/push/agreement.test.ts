import fc from 'fast-check';
import WXBizMsgCrypt from 'wechat-crypto';
import { encrypt, sign } from '../../../sandbox/openPlatform/pushes/seal';
import { decryptPush } from '../../../wechat/push/decrypt';
import { isSignedBy, signPush } from '../../../wechat/push/signature';
import { APP_ID, encodingAesKey, message, read, verificationToken, wrap } from './provider';

const key = fc.string({
	unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'),
	minLength: 43,
	maxLength: 43,
});
const text = fc.string({ unit: 'binary', maxLength: 300 });
const ascii = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 });

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
		const { timestamp, nonce } = push.query;
		push.query.msg_signature = theirs.getSignature(timestamp, nonce, encrypted);
		expect(read(push)).toMatchObject({ kind: 'message' });
	});
});
