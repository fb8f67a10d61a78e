import { sign } from '../../../sandbox/openPlatform/pushes/seal';
import { readPush, type Recipient } from '../../../wechat/push/readPush';

export const NOW = Date.UTC(2025, 2, 1);
export const TIMESTAMP = NOW / 1000;
export const APP_ID = 'wx-sandbox-provider';
export const verificationToken = 'sandboxDummyVerification';
export const encodingAesKey = 'SandboxDummyEncodingAesKeyOfTheProvider0123';
export const otherKey = 'SandboxDummyEncodingAesKeyOfTheOffice012345';
export const sender = { appId: APP_ID, verificationToken, encodingAesKey };
export const recipient: Recipient = {
	appId: APP_ID,
	verificationToken,
	encodingAesKeys: [encodingAesKey],
};
export const message = `<xml><AppId><![CDATA[${APP_ID}]]></AppId><CreateTime>1740787200</CreateTime><InfoType><![CDATA[component_verify_ticket]]></InfoType><ComponentVerifyTicket><![CDATA[ticket@@@sandbox-dummy]]></ComponentVerifyTicket></xml>`;

export function read(
	push: { query: Record<string, unknown>; body: string | Buffer },
	to = recipient,
) {
	return readPush({ query: push.query, body: Buffer.from(push.body) }, to, NOW);
}

/** A push whose envelope is signed as it is, whatever it holds. */
export function wrap(encrypted: string, appId = APP_ID, timestamp = String(TIMESTAMP)) {
	const query = {
		timestamp,
		nonce: '1',
		msg_signature: sign([verificationToken, timestamp, '1', encrypted]),
	};
	const body = `<xml><AppId>${appId}</AppId><Encrypt>${encrypted}</Encrypt></xml>`;
	return { query, body };
}
