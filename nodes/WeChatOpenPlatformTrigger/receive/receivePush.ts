import type { ICredentialDataDecryptedObject, IDataObject, IWebhookFunctions } from 'n8n-workflow';
import type { PushMessage } from '../../../wechat/push/message';
import { MAX_PUSH_BYTES, readPush } from '../../../wechat/push/readPush';
import { REFUSALS, type Refusal } from '../../../wechat/push/refusals';
import { readBody } from '../../readBody';
import { readRecipient } from './recipient';
import { rememberPush, takeFingerprint, type StoredPushes } from './seenPushes';

/** What to do about a request. Nothing here holds what was pushed but `message`. */
export type Receipt =
	| { kind: 'start'; message: PushMessage }
	/** Good, but not wanted, or a copy of one that has started the workflow. */
	| { kind: 'done' }
	| { kind: 'refused'; status: number; answer: string; reason: string };

/** Reads a push and decides. Never rejects: n8n would start the workflow with an empty item. */
export async function receivePush(context: IWebhookFunctions): Promise<Receipt> {
	try {
		return await decide(context);
	} catch {
		// Its text may hold anything: this comes from n8n or from whoever sent the request.
		return refuseAll('n8n could not handle it');
	}
}

async function decide(context: IWebhookFunctions): Promise<Receipt> {
	const fields = await context
		.getCredentials<ICredentialDataDecryptedObject>('weChatOpenPlatformApi')
		.catch(() => undefined);
	if (!fields) return refuseAll('its credential cannot be read');
	const recipient = readRecipient(fields);
	if (typeof recipient === 'string') return refuseAll(recipient);
	const events = readEvents(context);
	if (!events) return refuseAll('the parameter Events cannot be read: check its expression');
	const body = await readBody(context, MAX_PUSH_BYTES);
	if (typeof body === 'string') return refuse(body);

	const now = Date.now();
	const query = context.getQueryData() as IDataObject;
	const reading = readPush({ query, body }, recipient, now);
	if (reading.kind === 'refused') return refuse(reading.refusal);
	const infoType = reading.kind === 'message' ? reading.message.infoType : reading.infoType;
	const isWanted = infoType === undefined || events.length === 0 || events.includes(infoType);
	// Whatever it holds: WeChat repeats what is not answered well, and at last pushes nothing more.
	if (!isWanted) return { kind: 'done' };
	if (reading.kind === 'unreadable') return refuse('badMessage');
	const { message, text } = reading;
	return rememberText(context, text, now) ? { kind: 'start', message } : { kind: 'done' };
}

/** The events that start the workflow, [] for all, `undefined` where an expression gives no such thing. */
function readEvents(context: IWebhookFunctions): string[] | undefined {
	try {
		const value: unknown = context.getNodeParameter('events', []) ?? [];
		const events: unknown[] = Array.isArray(value) ? value : [value];
		const isText = events.every((event) => typeof event === 'string');
		return isText ? events.filter((event) => event !== '') : undefined;
	} catch {
		return undefined;
	}
}

/** Whether nothing that says the same has come to this node before. */
function rememberText(context: IWebhookFunctions, text: string, now: number): boolean {
	const { id } = context.getWorkflow();
	const place = [String(id), context.getNode().id, context.getMode()];
	const kept = context.getWorkflowStaticData('node');
	const stored: StoredPushes = { ...(kept.seenPushes as StoredPushes | undefined) };
	const isNew = rememberPush(takeFingerprint(place, text), stored, now);
	// n8n saves it only if a field of it is set anew.
	if (isNew) kept.seenPushes = stored;
	return isNew;
}

function refuse(refusal: Refusal): Receipt {
	return { kind: 'refused', ...REFUSALS[refusal] };
}

/** WeChat tries again: it may be good by then. */
function refuseAll(reason: string): Receipt {
	return { kind: 'refused', status: 503, answer: 'This address is not ready.', reason };
}
