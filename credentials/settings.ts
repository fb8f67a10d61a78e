import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { parseOrigin } from '../wechat/hosts';
import type { App, Authorizer, Component } from '../wechat/tokens/tokenRequests';

/** The credential's fields as n8n stores them. */
export type StoredCredential = ICredentialDataDecryptedObject;

export interface TokenServer {
	url: string;
	authorization: string;
	/** Dot path of the token in the answer. */
	field: string;
}

export type Source =
	| { kind: 'fixed'; token: string }
	| { kind: 'tokenServer'; server: TokenServer }
	| { kind: 'app'; app: App }
	| { kind: 'component'; component: Component }
	| { kind: 'authorizer'; component: Component; authorizer: Authorizer };

/** What the credential says, in the form the code works with. Texts are '' where nothing usable is given. */
export interface Settings {
	mode: string;
	/** The API host's origin, without a trailing slash. */
	host: string;
	source: Source;
}

export function readSettings(stored: StoredCredential): Settings {
	const host = parseOrigin(text(stored, stored.apiHost === 'custom' ? 'customApiHost' : 'apiHost'));
	return { mode: text(stored, 'mode'), host: host ?? '', source: readSource(stored) };
}

function readSource(stored: StoredCredential): Source {
	if (stored.source === 'fixed') return { kind: 'fixed', token: text(stored, 'fixedToken') };
	if (stored.source === 'tokenServer') {
		const server: TokenServer = {
			url: text(stored, 'tokenServerUrl'),
			authorization: text(stored, 'tokenServerAuthorization'),
			field: text(stored, 'responseField'),
		};
		return { kind: 'tokenServer', server };
	}
	if (stored.mode === 'componentAccessToken') {
		return { kind: 'component', component: readComponent(stored) };
	}
	if (stored.mode === 'authorizerAccessToken') {
		const authorizer: Authorizer = {
			authorizerAppId: text(stored, 'authorizerAppId'),
			refreshToken: text(stored, 'authorizerRefreshToken'),
		};
		return { kind: 'authorizer', component: readComponent(stored), authorizer };
	}
	const app: App = { appId: text(stored, 'appId'), appSecret: text(stored, 'appSecret') };
	return { kind: 'app', app };
}

function readComponent(stored: StoredCredential): Component {
	return {
		componentAppId: text(stored, 'componentAppId'),
		componentAppSecret: text(stored, 'componentAppSecret'),
		ticket: text(stored, 'componentTicketSecret'),
	};
}

/** Tells for which visible settings a kept token is good, so that it does not outlive their change. */
export function fingerprint({ mode, host, source }: Settings): string {
	// A token stays good when WeChat pushes the next ticket.
	const lasting =
		'component' in source ? { ...source, component: { ...source.component, ticket: '' } } : source;
	return createHash('sha256')
		.update(JSON.stringify({ mode, host, source: lasting }))
		.digest('hex');
}

/** The settings of the service provider's own token, which its customers' tokens are made with. */
export function toComponentSettings({ host }: Settings, component: Component): Settings {
	return { mode: 'componentAccessToken', host, source: { kind: 'component', component } };
}

const SECRET_FIELDS = [
	'appSecret',
	'componentAppSecret',
	'componentTicketSecret',
	'authorizerRefreshToken',
	'tokenServerAuthorization',
	'fixedToken',
	'accessToken',
	'componentAccessToken',
	'renewedRefreshToken',
];

/** Every text of the credential that must never leave it. */
export function listSecrets(stored: StoredCredential): string[] {
	return SECRET_FIELDS.map((field) => text(stored, field)).filter((secret) => secret !== '');
}

export function text(stored: StoredCredential, field: string): string {
	const value = stored[field];
	return typeof value === 'string' ? value.trim() : '';
}
