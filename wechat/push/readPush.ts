import { decodeUtf8, decryptPush } from './decrypt';
import { findInfoType, readMessage, type PushMessage } from './message';
import type { Refusal } from './refusals';
import { isSignedBy } from './signature';
import { readFlatXml } from './xml';

export const MAX_PUSH_BYTES = 65_536;
const MAX_CLOCK_DIFFERENCE_SECONDS = 300;
const TIMESTAMP = /^\d{1,12}$/;

/** Whom a push must be for, and what WeChat signs and encrypts it with. */
export interface Recipient {
	appId: string;
	verificationToken: string;
	/** The one in force first, then the one before it: WeChat goes on using that for a while. */
	encodingAesKeys: readonly string[];
}

/** A push as it came in: its query and its body. */
export interface IncomingPush {
	query: Readonly<Record<string, unknown>>;
	body: Buffer;
}

export type PushReading =
	/** `text` is the message as WeChat wrote it: the same when WeChat repeats a push. */
	| { kind: 'message'; message: PushMessage; text: string }
	/** WeChat's, but not what WeChat writes. */
	| { kind: 'unreadable'; infoType?: string }
	| { kind: 'refused'; refusal: Refusal };

/**
 * Checks a push as WeChat's page on encrypted messages asks for, and reads it: strictly what anybody can
 * send, tolerantly what only WeChat can have encrypted. `now`: ms since 1970.
 */
export function readPush(push: IncomingPush, recipient: Recipient, now: number): PushReading {
	const { timestamp, nonce, msg_signature: signature } = push.query;
	if (!isText(timestamp) || !isText(nonce) || !isText(signature)) return refuse('badQuery');
	if (push.body.length > MAX_PUSH_BYTES) return refuse('tooLarge');
	const body = decodeUtf8(push.body) ?? '';
	const envelope = readFlatXml(body);
	const encrypted = envelope?.get('Encrypt');
	const appId = envelope?.get('AppId');
	if (!encrypted || !appId) return refuse(isCustomerMessage(body) ? 'customerMessage' : 'badXml');

	const { verificationToken } = recipient;
	if (!isSignedBy({ verificationToken, timestamp, nonce, encrypted }, signature)) {
		return refuse('wrongSignature');
	}
	if (!isRecent(timestamp, now)) return refuse('wrongTime');
	// Not signed: whoever changes it changes nothing, but a push goes through whole or not at all.
	if (appId !== recipient.appId) return refuse('wrongAppId');
	const text = decryptFor(recipient, encrypted);
	if (text === undefined) return refuse('wrongKey');
	const message = readMessage(text, { appId, sentAt: Number(timestamp) });
	if (!message) return { kind: 'unreadable', infoType: findInfoType(text) };
	if (message.appId !== recipient.appId) return refuse('wrongAppId');
	return { kind: 'message', message, text };
}

/** What is pushed about a customer's account names the account, and no App ID. */
function isCustomerMessage(body: string): boolean {
	return /["<]ToUserName[">]/.test(body) && /["<]Encrypt[">]/.test(body);
}

function decryptFor({ appId, encodingAesKeys }: Recipient, encrypted: string): string | undefined {
	return encodingAesKeys
		.map((key) => decryptPush(encrypted, key))
		.find((decrypted) => decrypted?.appId === appId)?.message;
}

function isRecent(timestamp: string, now: number): boolean {
	const difference = Math.abs(now / 1000 - Number(timestamp));
	return TIMESTAMP.test(timestamp) && difference <= MAX_CLOCK_DIFFERENCE_SECONDS;
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

function refuse(refusal: Refusal): PushReading {
	return { kind: 'refused', refusal };
}
