import { createCipheriv, createHash, randomBytes } from 'node:crypto';

const BLOCK_BYTES = 32;
const IV_BYTES = 16;
const RANDOM_BYTES = 16;

/** Who a push is for, and what signs and encrypts it. */
export interface Recipient {
	appId: string;
	verificationToken: string;
	/** 43 letters and digits. */
	encodingAesKey: string;
}

/** A push as it goes over the wire. */
export interface SealedPush {
	query: Record<string, string>;
	body: string;
}

/** Encrypts and signs a message as WeChat does. `timestamp` is in seconds since 1970. */
export function sealPush(
	message: string,
	recipient: Recipient,
	timestamp: number,
	nonce = String(randomBytes(6).readUIntBE(0, 6)),
): SealedPush {
	const encrypted = encrypt(message, recipient);
	const { appId, verificationToken } = recipient;
	const msg_signature = sign([verificationToken, String(timestamp), nonce, encrypted]);
	const signature = sign([verificationToken, String(timestamp), nonce]);
	return {
		query: {
			signature,
			timestamp: String(timestamp),
			nonce,
			encrypt_type: 'aes',
			msg_signature,
		},
		body: `<xml><AppId><![CDATA[${appId}]]></AppId><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
	};
}

/** The same as it would come to the address for messages of a customer's account. */
export function addressToAccount({ query, body }: SealedPush): SealedPush {
	const to = '<ToUserName><![CDATA[gh_sandbox]]></ToUserName>';
	return { query, body: body.replace(/<AppId>.*<\/AppId>/, to) };
}

/** 16 random bytes, the length of the message in 4, the message, the App ID. Base64. */
export function encrypt(message: string, { appId, encodingAesKey }: Recipient): string {
	const text = Buffer.from(message, 'utf8');
	const length = Buffer.alloc(4);
	length.writeUInt32BE(text.length);
	return encryptPlain(
		pad(Buffer.concat([randomBytes(RANDOM_BYTES), length, text, Buffer.from(appId, 'utf8')])),
		encodingAesKey,
	);
}

/** Encrypts bytes that are padded already, whatever they are. Base64. */
export function encryptPlain(padded: Uint8Array, encodingAesKey: string): string {
	const key = Buffer.from(`${encodingAesKey}=`, 'base64');
	const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, IV_BYTES));
	// WeChat pads to blocks of 32 bytes, which is not what OpenSSL would do for AES.
	cipher.setAutoPadding(false);
	return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

export function sign(parts: readonly string[]): string {
	return createHash('sha1')
		.update([...parts].sort().join(''))
		.digest('hex');
}

function pad(plain: Uint8Array): Uint8Array {
	const count = BLOCK_BYTES - (plain.length % BLOCK_BYTES);
	return Buffer.concat([plain, Buffer.alloc(count, count)]);
}
