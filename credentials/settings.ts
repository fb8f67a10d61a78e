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
export function fingerprint(settings: Settings): string {
	const { source } = settings;
	if (source.kind !== 'component' && source.kind !== 'authorizer') return identify(settings);
	// A token stays good when WeChat pushes the next ticket.
	const component = { ...source.component, ticket: '' };
	return identify({ ...settings, source: { ...source, component } });
}

/** Differs wherever anything in the settings does. */
export function identify({ mode, host, source }: Settings): string {
	return createHash('sha256').update(JSON.stringify({ mode, host, source })).digest('hex');
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
	'refusedToken',
];

/** Every text of the credential that must never leave it. */
export function listSecrets(stored: StoredCredential): string[] {
	const secrets = SECRET_FIELDS.map((field) => text(stored, field));
	const [, ...words] = text(stored, 'tokenServerAuthorization').split(/\s+/);
	return [...secrets, ...words, ...listUrlSecrets(text(stored, 'tokenServerUrl'))].filter(
		(secret) => secret !== '',
	);
}

/** Shorter values are words such as "json", and shorter parts of a path are names: no text should lose them. */
const SHORTEST_VALUE = 6;
const SHORTEST_PART = 16;

/** A token server's address may hold a key: before its host, in its path or in its query. */
function listUrlSecrets(url: string): string[] {
	const [, login = '', path = '', query = ''] =
		/^https?:\/\/(?:([^/?#@]*)@)?[^/?#]*([^?#]*)(.*)$/i.exec(url) ?? [];
	const values = [
		...login.split(':'),
		...query.split(/[?&#]/).map((pair) => pair.replace(/^[^=]*=/, '')),
	];
	return [
		...[url, query, ...values, ...values.map(decode)].filter(isLong(SHORTEST_VALUE)),
		...path.split('/').filter(isLong(SHORTEST_PART)),
	];
}

const isLong = (length: number) => (value: string) => value.length >= length;

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** A field's text without blanks around it; '' where there is none. */
export function text(stored: Record<string, unknown>, field: string): string {
	const value = stored[field];
	return typeof value === 'string' ? value.trim() : '';
}
