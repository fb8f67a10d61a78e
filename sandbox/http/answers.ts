/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import type { Readable } from 'node:stream';
import { describeCode } from './codes';
import { createRid } from './ids';

/** An answer that arrives whole. */
export type WholeAnswer =
	| { kind: 'json'; status?: number; errcode: number | null; body: object }
	| { kind: 'raw'; status: number; body: string | Buffer }
	| { kind: 'xml'; status: number; body: string }
	| { kind: 'empty'; status: number }
	| FileAnswer
	| { kind: 'redirect'; status: 302; location: string };

/** A file, which is sent as it is read. */
export interface FileAnswer {
	kind: 'file';
	status: number;
	contentType: string;
	bytes: number;
	/** @param end how many bytes of it; absent: all */
	open(end?: number): Readable;
}

/** What goes back over the wire. `half`: the connection ends before the answer does. */
export type Answer =
	| WholeAnswer
	| { kind: 'half'; of: WholeAnswer }
	| { kind: 'reset' }
	| { kind: 'silence' };

/**
 * Whether a request started a function: `yes`, and the caller has what came of it;
 * `cut`, and the caller never learns what came of it; `no`.
 */
export type Ran = 'no' | 'yes' | 'cut';

/** An answer, and for the log what it was about. Never holds a token or a secret. */
export interface Reply {
	answer: Answer;
	headers?: Readonly<Record<string, string>>;
	/** Sends the body byte by byte, one each time that passes. */
	trickleMs?: number;
	appId?: string;
	env?: string;
	function?: string;
	key?: string | number;
	ran?: Ran;
}

export type JsonAnswer = Extract<WholeAnswer, { kind: 'json' }>;

export function succeed(body: object): JsonAnswer {
	return { kind: 'json', errcode: 0, body };
}

export function fail(errcode: number, errmsg = describeCode(errcode)): JsonAnswer {
	return { kind: 'json', errcode, body: { errcode, errmsg: `${errmsg} rid: ${createRid()}` } };
}

/** A failure of what is not WeChat's: an HTTP status and a sentence, no errcode. */
export function refuse(status: number, error: string): WholeAnswer {
	return { kind: 'json', status, errcode: null, body: { error } };
}
