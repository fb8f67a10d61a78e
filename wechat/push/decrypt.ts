import { createDecipheriv } from 'crypto';

const IV_BYTES = 16;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
const BLOCK_BYTES = 32;
const ENCODING_AES_KEY = /^[A-Za-z0-9]{43}$/;

/** What was encrypted: the message and whom it is for. */
export interface Decrypted {
	message: string;
	appId: string;
}

/**
 * 43 letters and digits, as WeChat's page asks for them, without the blanks and the `=` that come along
 * when a key is copied; `undefined` for a text that holds something else.
 */
export function readEncodingAesKey(text: string): string | undefined {
	const key = text.replace(/[\s\u200B]+/g, '').replace(/=+$/, '');
	return ENCODING_AES_KEY.test(key) ? key : undefined;
}

/**
 * AES-256-CBC of 16 random bytes, the length of the message in 4 bytes, the message and the App ID, padded
 * to blocks of 32 bytes; from WeChat's page on encrypted messages. `undefined`: not encrypted like that
 * with this key.
 */
export function decryptPush(encrypted: string, encodingAesKey: string): Decrypted | undefined {
	const cipherText = Buffer.from(encrypted, 'base64');
	if (cipherText.length === 0 || cipherText.length % BLOCK_BYTES !== 0) return undefined;
	if (cipherText.toString('base64') !== encrypted) return undefined;
	const key = Buffer.from(`${encodingAesKey}=`, 'base64');
	const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, IV_BYTES));
	// WeChat pads to another block than AES has, so OpenSSL cannot take the padding off.
	decipher.setAutoPadding(false);
	const plain = takeOffPadding(Buffer.concat([decipher.update(cipherText), decipher.final()]));
	return plain && readPlain(plain);
}

function takeOffPadding(padded: Buffer): Buffer | undefined {
	const count = padded[padded.length - 1];
	if (count < 1 || count > BLOCK_BYTES) return undefined;
	const end = padded.length - count;
	return padded.subarray(end).every((byte) => byte === count) ? padded.subarray(0, end) : undefined;
}

function readPlain(plain: Buffer): Decrypted | undefined {
	const start = RANDOM_BYTES + LENGTH_BYTES;
	if (plain.length < start) return undefined;
	const end = start + plain.readUInt32BE(RANDOM_BYTES);
	if (end > plain.length) return undefined;
	// A nickname may be cut in the middle of a character. Whether the key is right, the App ID tells.
	const message = plain.toString('utf8', start, end);
	const appId = decodeUtf8(plain.subarray(end));
	return appId === undefined ? undefined : { message, appId };
}

/** `undefined` for bytes that are no UTF-8, which would otherwise become replacement characters. */
export function decodeUtf8(bytes: Buffer): string | undefined {
	const text = bytes.toString('utf8');
	return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}
