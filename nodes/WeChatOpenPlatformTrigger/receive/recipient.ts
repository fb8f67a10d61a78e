import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { readEncodingAesKey } from '../../../wechat/push/decrypt';
import type { Recipient } from '../../../wechat/push/readPush';

/** What is wrong with a credential, as one sentence, or whom pushes must be for. */
export function readRecipient(fields: ICredentialDataDecryptedObject): Recipient | string {
	const appId = readText(fields.componentAppId);
	const verificationToken = readText(fields.verificationToken);
	const key = readEncodingAesKey(readText(fields.encodingAesSecretKey));
	const previousText = readText(fields.previousEncodingAesSecretKey);
	const previousKey = readEncodingAesKey(previousText);
	if (!appId) return 'The credential holds no Component App ID.';
	if (!verificationToken) return 'The credential holds no Verification Token.';
	if (!key) return describeKey('Encoding AES Key');
	if (!previousText) return { appId, verificationToken, encodingAesKeys: [key] };
	if (!previousKey) return describeKey('Previous Encoding AES Key');
	return { appId, verificationToken, encodingAesKeys: [key, previousKey] };
}

function describeKey(name: string): string {
	return `The ${name} must have 43 letters and digits, as in the WeChat console.`;
}

function readText(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
