import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { ONLY_TOKEN } from '../../credentials/authenticate';
import { sendRequest } from '../../credentials/http';
import type { KeptToken } from '../../credentials/keptToken';
import { readSettings, type Source, type StoredCredential } from '../../credentials/settings';
import { findReport, reportToken, type TokenReport } from '../../credentials/tokenReport';
import type { Answer } from '../../wechat/answer/answer';
import { BUSY, CREDENTIAL, type Meaning } from '../../wechat/codes/kinds';
import type { WeChatRequest } from '../../wechat/invoke/request';
import { toFailed, type Failed } from '../../wechat/answer/envelope';
import { redact } from '../../wechat/outcome/redact';

const CREDENTIAL_TYPE = 'weChatCloudFunctionApi';

/** A node at work, the editor that fills one of its lists, or a call that a waiting node gets. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions;

export interface ReadCredential {
	kind: 'read';
	stored: StoredCredential;
}

/**
 * Reads the credential; its expressions see the item of this index. Never throws: n8n would send all items
 * out as successes where the node is to continue on errors.
 */
export async function readCredential(
	context: Context,
	itemIndex: number,
): Promise<ReadCredential | Failed> {
	try {
		return { kind: 'read', stored: await context.getCredentials(CREDENTIAL_TYPE, itemIndex) };
	} catch (error) {
		return toFailed({ ...NOT_READ, hint: `n8n says: ${quoteMessage(error)}` });
	}
}

const NOT_READ = { ...CREDENTIAL, what: 'n8n could not read the credential' };

const LONGEST_QUOTE = 300;

/** Without what it quotes: JavaScript's errors quote the value that an expression worked on, a secret perhaps. */
function quoteMessage(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return redact(message.slice(0, LONGEST_QUOTE).replace(/"[^"]*(?:"|$)/g, '"…"'), []);
}

/** A token, and the very fields it was obtained with, so that it goes to no other host than theirs. */
export interface Access {
	kind: 'access';
	token: KeptToken;
	stored: StoredCredential;
	host: string;
	source: Source['kind'];
}

/** @param given the fields that the token was obtained with */
export function openAccess(token: KeptToken, given: StoredCredential): Access {
	const stored = { ...given, ...token };
	reportToken(stored, { kind: 'obtained', token });
	const { host, source } = readSettings(stored);
	return { kind: 'access', token, stored, host, source: source.kind };
}

/** Sends a request with a token. Never throws. */
export function sendWithToken(
	context: Context,
	{ stored, host }: Access,
	request: WeChatRequest,
	timeoutMs: number,
): Promise<Answer> {
	const send = (options: IHttpRequestOptions) => sendThroughN8n(context, stored, options);
	const cancel =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return sendRequest(send, host, request, timeoutMs, cancel);
}

/**
 * Lets n8n obtain a token, by the credential's preAuthentication, and store it with the credential.
 * @param refused a token WeChat has refused, or ''
 * @returns the token, with the hidden fields that belong to it, or why there is none
 */
export async function letN8nObtainToken(
	context: Context,
	stored: StoredCredential,
	refused: string,
): Promise<TokenReport> {
	// n8n 1.123 and 2.20 store all fields as they were resolved for this item, so that the next customer's item
	// would find this one's. They write into this object first: frozen, it stops them. Newer ones store only the token.
	const fields: Readonly<StoredCredential> = Object.freeze({
		...stored,
		accessToken: '',
		refusedToken: refused,
		[ONLY_TOKEN]: true,
	});
	let isSent = false;
	try {
		// n8n asks for the token before a request; the credential ends that unsent.
		await sendThroughN8n(context, fields, { url: '' });
		isSent = true;
	} catch {
		// What matters is in the report.
	}
	const report = findReport(fields);
	if (report !== undefined) return report;
	// Where n8n mocks all requests, it answers before it asks for a token: nothing is really sent then.
	return isSent ? { kind: 'obtained', token: MOCKED } : toFailed(NOT_OBTAINED);
}

const MOCKED: KeptToken = { accessToken: 'mocked', renewAt: Infinity, validFor: '' };

const NOT_OBTAINED: Meaning = {
	...BUSY,
	what: 'n8n could not obtain or store the access token',
	hint: "Look into n8n's log, then run the item again.",
};

/** With the fields given, n8n does not read and decrypt the credential for every request. */
function sendThroughN8n(
	context: Context,
	data: StoredCredential,
	options: IHttpRequestOptions,
): Promise<unknown> {
	return context.helpers.httpRequestWithAuthentication.call(
		endingAt(options.abortSignal, context),
		CREDENTIAL_TYPE,
		options,
		{ credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_TYPE, data } },
	);
}

/** n8n takes the signal that ends a request from the context of a node at work, whatever the options say. */
function endingAt(signal: IHttpRequestOptions['abortSignal'], context: Context): Context {
	if (signal === undefined || !('getExecutionCancelSignal' in context)) return context;
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as Context;
}
