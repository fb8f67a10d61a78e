import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';
import { ONLY_TOKEN } from '../../credentials/authenticate';
import { sendRequest } from '../../credentials/http';
import type { KeptToken } from '../../credentials/keptToken';
import { readSettings, type Source, type StoredCredential } from '../../credentials/settings';
import { findReport, reportToken, type TokenReport } from '../../credentials/tokenReport';
import type { Answer } from '../../wechat/outcome/answer';
import { CODES, type Meaning } from '../../wechat/outcome/codes';
import type { Failed } from '../../wechat/outcome/outcome';
import type { WeChatRequest } from '../../wechat/invoke/request';
import { toFailed } from '../../wechat/tokens/tokenAnswer';

const CREDENTIAL_TYPE = 'weChatCloudFunctionApi';

/** A node at work, or the editor that fills one of its lists. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions;

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
		const { message } = error as Error;
		return toFailed({ ...NOT_READ, hint: `n8n says: ${message}` });
	}
}

const NOT_READ = { ...CODES[41001], what: 'n8n could not read the credential' };

/** A token, and the very fields it was obtained with, so that it goes to no other host than theirs. */
export interface Access {
	kind: 'access';
	token: KeptToken;
	stored: StoredCredential;
	source: Source['kind'];
}

/** Sends a request with a token. Never throws. */
export async function sendWithToken(
	context: Context,
	{ token, stored }: Access,
	request: WeChatRequest,
	timeoutMs: number,
): Promise<Answer> {
	const fields = { ...stored };
	reportToken(fields, { kind: 'obtained', token });
	return await sendRequest(
		async (options) => await sendThroughN8n(context, fields, options),
		readSettings(stored).host,
		request,
		timeoutMs,
	);
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
	try {
		// n8n asks for the token before a request; the credential would end that unsent.
		await sendThroughN8n(context, fields, { url: '' });
	} catch {
		// Always: what matters is in the report.
	}
	return findReport(fields) ?? toFailed(NOT_OBTAINED);
}

const NOT_OBTAINED: Meaning = {
	category: 'temporarily-unavailable',
	retryable: true,
	ran: 'no',
	what: 'n8n could not obtain or store the access token',
	hint: "Look into n8n's log, then run the item again.",
};

/** With the fields given, n8n does not read and decrypt the credential for every request. */
async function sendThroughN8n(
	context: Context,
	data: StoredCredential,
	options: IHttpRequestOptions,
): Promise<unknown> {
	return await context.helpers.httpRequestWithAuthentication.call(
		context,
		CREDENTIAL_TYPE,
		options,
		{ credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_TYPE, data } },
	);
}
