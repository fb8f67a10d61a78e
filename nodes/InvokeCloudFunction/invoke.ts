import type { IExecuteFunctions } from 'n8n-workflow';
import { sendRequest } from '../../credentials/http';
import { listSecrets, readSettings, type StoredCredential } from '../../credentials/settings';
import { findTokenError, isKeptTokenGood } from '../../credentials/token';
import { readTransportError } from '../../wechat/answer';
import { describeFailure, type Failure } from '../../wechat/failure';
import { readOutcome, type Success } from '../../wechat/outcome';
import type { Invocation } from './readItem';

const CREDENTIAL_TYPE = 'weChatCloudFunctionApi';

/** Reads the credential once for the whole run. A kept token that is no longer good is dropped. */
export async function readCredential(context: IExecuteFunctions): Promise<StoredCredential> {
	const stored: StoredCredential = await context.getCredentials(CREDENTIAL_TYPE);
	if (!isKeptTokenGood(stored)) stored.accessToken = '';
	return stored;
}

/** Invokes the function once. Where `stored` holds no token, n8n requests one and puts it there. */
export async function invoke(
	context: IExecuteFunctions,
	stored: StoredCredential,
	{ target, request, timeoutMs }: Invocation,
): Promise<Success | Failure> {
	const reply = await sendRequest(
		async (options) =>
			await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL_TYPE, options, {
				credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_TYPE, data: stored },
			}),
		readSettings(stored).host,
		request,
		timeoutMs,
		(error) => findTokenError(error)?.failed ?? readTransportError(error),
	);
	const outcome = reply.kind === 'failed' ? reply : readOutcome(reply);
	if (outcome.kind === 'success') return outcome;
	return describeFailure(outcome, {
		target,
		attempts: reply.kind === 'failed' ? 0 : 1,
		secrets: listSecrets(stored),
	});
}
