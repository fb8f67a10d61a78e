import type { IHttpRequestOptions } from 'n8n-workflow';
import { API_HOSTS } from '../wechat/hosts';
import { findKeptToken } from './keptToken';
import { fingerprint, readSettings, type Settings, type StoredCredential } from './settings';
import { findReport, wantAnyToken } from './tokenReport';

/** Set by the node when it wants the token and nothing to be sent. */
export const ONLY_TOKEN = 'onlyToken';

/** What the credential's Test asks for: nothing else in n8n asks for it without a host. */
export const TEST_PATH = '/cgi-bin/get_api_domain_ip';

/**
 * Puts the token into the query; all three kinds go by the same name there. A token goes only to the API
 * host it is for, also where a workflow's HTTP Request node names another.
 * @throws where only the token was wanted: nothing is sent
 * @throws NoTokenError where a token has to be obtained first
 */
export function authenticateRequest(
	stored: StoredCredential,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	if (stored[ONLY_TOKEN] === true) throw new Error('Only the token was wanted.');
	const settings = readSettings(stored);
	checkHost(settings, options);
	const access_token = findToken(stored, settings, options.url === TEST_PATH);
	return { ...options, qs: { ...options.qs, access_token } };
}

function findToken(stored: StoredCredential, settings: Settings, isTest: boolean): string {
	if (settings.source.kind === 'fixed') return settings.source.token;
	const report = findReport(stored);
	if (report?.kind === 'obtained') return report.token.accessToken;
	// The Test shows whether these settings get a token, so none that was there before will do.
	if (isTest) throw new NoTokenError();
	const kept = findKeptToken(stored, fingerprint(settings));
	if (kept !== undefined) return kept.accessToken;
	wantAnyToken(stored);
	throw new NoTokenError();
}

/** n8n takes it for an answer with HTTP 401: it lets the credential obtain a token, then asks once more. */
class NoTokenError extends Error {
	readonly response = { status: 401 };

	constructor() {
		super('The credential holds no access token that is good for its settings.');
		this.name = 'NoTokenError';
	}
}

function checkHost({ host }: Settings, options: IHttpRequestOptions & { uri?: string }): void {
	const address = options.url ?? options.uri ?? '';
	// The node's own calls: to read two addresses for each of them would take longer than all else here.
	if (host !== '' && address.startsWith(`${host}/`)) return;
	const own = readOrigin(host);
	const wanted = readOrigin(address, options.baseURL);
	if (own !== undefined && (wanted === own || (isWeChat(own) && isWeChat(wanted)))) return;
	throw new Error(
		`The token of this credential goes only to its API host, ${own ?? 'which is not a web address'}. Nothing was sent.`,
	);
}

function isWeChat(origin: string | undefined): boolean {
	return API_HOSTS.some((known) => known.origin === origin);
}

function readOrigin(address: string, base?: string): string | undefined {
	try {
		return new URL(address, base).origin;
	} catch {
		return undefined;
	}
}
