import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { isRecord } from '../../../wechat/answer/answer';
import { parseJson } from '../../../wechat/answer/exactJson';
import type { Target } from '../../../wechat/invoke/target';
import type { Rules } from '../input/rules';

/** What has to be known of a call when the function calls back: another process may take that, days later. */
export interface Waiting {
	/** Which of this node's waits in the execution it is. */
	round: number;
	target: Target;
	rules: Rules;
	inBatch: boolean;
	attempts: number;
	entries: WaitingEntry[];
	callbackField: string;
}

interface WaitingEntry {
	/** What was sent for the item, shortened, secrets removed. */
	json: string;
	/** Of the input item, where they go into the output. */
	fields?: Record<string, unknown>;
}

/** In the node's context, which n8n keeps with the execution. */
const KEY = 'waitsForCallback';

/** As text, so that n8n keeps every digit and form of it. */
export function keepWaiting(context: IExecuteFunctions, waiting: Waiting): void {
	context.getContext('node')[KEY] = JSON.stringify(waiting);
}

/** undefined where this node waits for nothing. */
export function readWaiting(context: IWebhookFunctions): Waiting | undefined {
	// A call has no other way to the node's context.
	const text = context.evaluateExpression(
		`{{ $node[${quote(context.getNode().name)}].context.${KEY} }}`,
	);
	const kept = typeof text === 'string' ? parseJson(text) : undefined;
	return isRecord(kept) ? (kept as unknown as Waiting) : undefined;
}

/** As a text within an expression, whose braces would end it. */
function quote(name: string): string {
	return JSON.stringify(name).replace(
		/[{}]/g,
		(brace) => `\\u00${brace.charCodeAt(0).toString(16)}`,
	);
}
