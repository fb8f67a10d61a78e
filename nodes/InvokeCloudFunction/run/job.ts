import type { IBinaryKeyData } from 'n8n-workflow';
import {
	buildInvokeRequest,
	buildLaterRequest,
	type RequestData,
	type WeChatRequest,
} from '../../../wechat/invoke/request';
import type { Target } from '../../../wechat/invoke/target';
import type { Failure } from '../../../wechat/outcome/failure';
import type { Success } from '../../../wechat/outcome/returnValue';
import type { OutgoingFile } from '../input/outgoingFiles';
import type { Callback } from '../callback/readCallback';
import type { Rules } from '../input/rules';
import type { Account } from './accounts';
import type { Patience } from './wait';

/** What one input item adds to a call. */
export interface Entry {
	kind: 'entry';
	itemIndex: number;
	event: RequestData;
	/** The event as it is sent. */
	json: string;
	/** To be put into cloud storage before the call. */
	files: readonly OutgoingFile[];
}

/** One call, for one item or for a batch of them. */
export interface Invocation {
	kind: 'invocation';
	account: Account;
	target: Target;
	rules: Rules;
	patience: Patience;
	/** Set where WeChat is to run the function later. */
	delaySeconds?: number;
	/** Set where the workflow waits until the function calls back. */
	callback?: Callback;
	/** The function gets `{ "items": [ … ] }`, even for a single one. */
	inBatch: boolean;
	/** In the order of the input, at least one. */
	entries: Entry[];
}

export interface Call
	extends Pick<Invocation, 'account' | 'target' | 'rules' | 'patience' | 'inBatch'> {
	/** How often the function was called. */
	attempts: number;
	/** What was sent, where the workflow waits until the function calls back. */
	waitsFor?: Invocation;
}

/** What a call came to, for the items it was made for. */
export interface Answered {
	kind: 'answered';
	/** In the order of the input. */
	itemIndexes: number[];
	outcome: Success | Failure;
	/** What was called and how; not there where an item's parameters make no call. */
	call?: Call;
	/** The binary data of each output item of a success, where files were fetched. */
	binaries?: IBinaryKeyData[];
}

/** What is to be sent, or an outcome where nothing is. */
export type Job = Invocation | Answered;

/** What the function gets, as it is sent. */
export function writeRequestData({ inBatch, entries, callback }: Invocation): string {
	const event = inBatch
		? `{"items":[${entries.map(({ json }) => json).join(',')}]}`
		: entries[0].json;
	if (callback === undefined) return event;
	const address = `{${JSON.stringify(callback.field)}:${JSON.stringify(callback.url)}`;
	return event === '{}' ? `${address}}` : `${address},${event.slice(1)}`;
}

/** Every text that must not appear in what becomes of an invocation. */
export function listSecrets({ account, callback }: Pick<Invocation, 'account' | 'callback'>) {
	return [...account.keeper.listSecrets(), ...(callback?.secrets ?? [])];
}

export function buildRequest(invocation: Invocation): WeChatRequest {
	const { target, delaySeconds } = invocation;
	const json = writeRequestData(invocation);
	return delaySeconds === undefined
		? buildInvokeRequest(target, json)
		: buildLaterRequest(target, json, delaySeconds);
}

export function listItems({ entries }: Invocation): number[] {
	return entries.map(({ itemIndex }) => itemIndex);
}
