import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { parseOrigin } from '../wechat/hosts';
import type { Problem } from '../wechat/target';

/** The credential's fields as n8n stores them. */
export type StoredCredential = ICredentialDataDecryptedObject;

/** What the credential says, in the form the code works with. Texts are '' where nothing usable is given. */
export interface Settings {
	/** The API host's origin, without a trailing slash. */
	host: string;
	source: { kind: 'wechat'; appId: string; appSecret: string } | { kind: 'fixed'; token: string };
}

export function readSettings(stored: StoredCredential): Settings {
	const host = parseOrigin(text(stored, stored.apiHost === 'custom' ? 'customApiHost' : 'apiHost'));
	const source: Settings['source'] =
		stored.source === 'fixed'
			? { kind: 'fixed', token: text(stored, 'fixedToken') }
			: { kind: 'wechat', appId: text(stored, 'appId'), appSecret: text(stored, 'appSecret') };
	return { host: host ?? '', source };
}

/** What makes the settings unusable, or undefined if nothing does. */
export function findSettingsProblem({ host, source }: Settings): Problem | undefined {
	if (host === '') {
		return {
			what: "the credential's custom API host is not a web address",
			hint: 'Enter an address such as https://proxy.example.com, without a path.',
		};
	}
	if (source.kind === 'fixed') {
		return source.token === ''
			? { what: 'the credential holds no access token', hint: 'Paste a token into the credential.' }
			: undefined;
	}
	if (source.appId === '' || source.appSecret === '') {
		const name = source.appId === '' ? 'App ID' : 'AppSecret';
		return {
			what: `the credential holds no ${name}`,
			hint: `Copy the ${name} from the WeChat console (Development Settings) into the credential.`,
		};
	}
	return undefined;
}

/** Tells for which visible settings a kept token is good, so that it does not outlive their change. */
export function fingerprint(settings: Settings): string {
	return createHash('sha256').update(JSON.stringify(settings)).digest('hex');
}

/** Every text of the credential that must never leave it. */
export function listSecrets(stored: StoredCredential): string[] {
	return ['appSecret', 'fixedToken', 'accessToken'].map((field) => text(stored, field));
}

function text(stored: StoredCredential, field: string): string {
	const value = stored[field];
	return typeof value === 'string' ? value.trim() : '';
}
