import type { IExecuteFunctions } from 'n8n-workflow';
import { sendRequest } from '../../../credentials/http';
import { listSecrets, readSettings } from '../../../credentials/settings';
import type { WeChatRequest } from '../../../wechat/invoke/request';
import type { Answer } from '../../../wechat/answer/answer';
import { CREDENTIAL } from '../../../wechat/codes/kinds';
import { isRefusedForLimit, toFailed, type Failed } from '../../../wechat/answer/envelope';
import { LONGEST_WAIT_MS } from '../../../wechat/outcome/retry';
import type { Component } from '../../../wechat/tokens/tokenRequests';
import { askWithToken } from '../../transport/askWithToken';
import { readCredential } from '../../transport/send';
import { openTokenKeeper } from '../../transport/tokenKeeper';
import { waitUnlessStopped } from '../../transport/wait';

const TIMEOUT_MS = 10_000;

/** The service provider of an item's credential, and how to ask WeChat in its name. */
export interface Provider {
	kind: 'provider';
	component: Component;
	/** Asks with the service provider's token; once more with a new one if WeChat refuses it. */
	ask<T extends { kind: string }>(
		build: (token: string) => WeChatRequest,
		read: (answer: Answer) => T | Failed,
	): Promise<T | Failed>;
	/** Asks what needs no token. */
	askWithoutToken(request: WeChatRequest): Promise<Answer>;
	/** Every text that must not appear in a failure. */
	listSecrets(): string[];
}

/** Reads the credential for an item: its fields may have expressions, the ticket's above all. */
export async function openProvider(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<Provider | Failed> {
	const credential = await readCredential(context, itemIndex);
	if (credential.kind === 'failed') return credential;
	const { host, source } = readSettings(credential.stored);
	if (source.kind !== 'component') return toFailed(NO_PROVIDER);
	const keeper = openTokenKeeper(context, itemIndex, credential);
	return {
		kind: 'provider',
		component: source.component,
		ask: async (build, read) =>
			await askThroughLimits(context, async () => await askWithToken(context, keeper, build, read)),
		askWithoutToken: async (request) => await askPlainly(context, host, request),
		listSecrets: () => [...listSecrets(credential.stored), ...keeper.listSecrets()],
	};
}

/** A refusal for a limit proves that nothing was done: a code is still good, and a list goes on at the same page. */
async function askThroughLimits<T extends { kind: string }>(
	context: IExecuteFunctions,
	ask: () => Promise<T | Failed>,
): Promise<T | Failed> {
	const isStopped = () => context.getExecutionCancelSignal()?.aborted === true;
	for (const guessMs of WAITS_MS) {
		const outcome = await ask();
		if (!isRefusedForLimit(outcome)) return outcome;
		const waitMs = outcome.retryAfterMs || guessMs;
		if (waitMs > LONGEST_WAIT_MS || !(await waitUnlessStopped(waitMs, isStopped))) return outcome;
	}
	return await ask();
}

/** WeChat counts by the minute: in all it is longer than one. */
const WAITS_MS = [2_000, 4_000, 8_000, 16_000, 32_000, 60_000];

const NO_PROVIDER = {
	...CREDENTIAL,
	what: 'the credential is not one of a service provider',
	hint: 'Choose a credential with the Token Mode "Service Provider, Batch (component_access_token)" and the Token Source "From WeChat".',
};

/** n8n's rules want a request without a credential apart from where one is read. */
async function askPlainly(
	{ helpers }: IExecuteFunctions,
	host: string,
	request: WeChatRequest,
): Promise<Answer> {
	return await sendRequest(helpers.httpRequest, host, request, TIMEOUT_MS);
}
