import { createHash, timingSafeEqual } from 'crypto';
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { CALLBACK_PATH } from '../description/callbackWebhook';

/** Where a function calls back, and what makes it an address that nobody else can know. */
export interface Address {
	url: string;
	secrets: readonly string[];
}

/**
 * The address of one wait of this node.
 * @param round tells the waits of one node in the same execution apart, as in a loop
 * @throws where this version of n8n has no such addresses
 */
export function makeAddress(context: IExecuteFunctions, round: number): Address {
	const { resumeUrl } = context.getWorkflowDataProxy(0).$execution as { resumeUrl: string };
	const url = new URL(resumeUrl);
	url.pathname += `/${CALLBACK_PATH}`;
	// Of n8n 2's own; n8n 1 has none, and takes a call from anybody who knows the number of the execution.
	const signature = url.searchParams.get('signature');
	const seal = computeSeal(context, round);
	url.searchParams.set('round', String(round));
	url.searchParams.set('seal', seal);
	return { url: url.href, secrets: [url.href, seal, ...(signature === null ? [] : [signature])] };
}

/** The round that a call is for, or undefined where its address is none that this node has made. */
export function readRound(context: IWebhookFunctions): number | undefined {
	const { round, seal } = context.getQueryData() as Record<string, unknown>;
	if (typeof round !== 'string' || !ROUND.test(round) || typeof seal !== 'string') return undefined;
	return isSame(seal, computeSeal(context, Number(round))) ? Number(round) : undefined;
}

const ROUND = /^(?:0|[1-9]\d{0,8})$/;

/** The secrets of the address that a call came to, as makeAddress listed them. */
export function listCalledSecrets(context: IWebhookFunctions): string[] {
	const { seal, signature } = context.getQueryData() as Record<string, unknown>;
	return [seal, signature].filter((value) => typeof value === 'string');
}

/** n8n's signature (HMAC-SHA256 with the secret of the instance) of this node, this execution and the round. */
function computeSeal(context: IExecuteFunctions | IWebhookFunctions, round: number): string {
	const signed = new URL(context.getSignedResumeUrl({ callbackRound: String(round) }));
	const seal = signed.searchParams.get('signature');
	if (seal === null) throw new Error('n8n did not sign the address');
	return seal;
}

/** Takes the same time whichever character is the first wrong one. */
function isSame(given: string, expected: string): boolean {
	const hash = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(hash(given), hash(expected));
}
