import { describeCode } from './codes';
import { createRandomHex } from './randomHex';

/** What goes back over the wire. */
export type Answer =
	| { kind: 'json'; status?: number; errcode: number | null; body: object }
	| { kind: 'raw'; status: number; body: string; location?: string }
	/** Promises more than it sends. */
	| { kind: 'half'; body: string }
	| { kind: 'reset' }
	| { kind: 'silence' };

/** An answer, and for the log what it was about. Never holds a token or a secret. */
export interface Reply {
	answer: Answer;
	appId?: string;
	env?: string;
	function?: string;
	/** Whether the function was started; `cut`: and its answer was lost or came too late. */
	ran?: 'no' | 'yes' | 'cut';
	/** The event's `itemKey`, to tell which item it was. */
	key?: string;
	/** Sent as a header beside the answer. */
	retryAfterSeconds?: number;
}

export function succeed(body: object): Answer {
	return { kind: 'json', errcode: 0, body };
}

export function fail(errcode: number, errmsg = describeCode(errcode)): Answer {
	return { kind: 'json', errcode, body: { errcode, errmsg: `${errmsg} rid: ${createRid()}` } };
}

function createRid(): string {
	return [createRandomHex(4), createRandomHex(4), createRandomHex(4)].join('-');
}
