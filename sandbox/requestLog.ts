import type { Request } from 'express';
import type { Ran, Reply } from './answers';

export interface SandboxRequest {
	method: string;
	path: string;
	appId?: string;
	env?: string;
	function?: string;
	/** `itemKey` of an invocation's body, if it is text or a number. */
	key?: string | number;
	/** Of every invocation, refused ones too: whether the function was started for it. */
	ran?: Ran;
	/** The HTTP status of an answer, unless it is 200. */
	status?: number;
	/** `null` when no errcode was sent: a reset, a silence, half an answer, or one that is not WeChat's. */
	errcode: number | null;
}

export function describeExchange(request: Request, reply: Reply): SandboxRequest {
	const { method, path } = request;
	const { appId, env, function: name, key, answer } = reply;
	const errcode = answer.kind === 'json' ? answer.errcode : null;
	const status = 'status' in answer && answer.status !== 200 ? answer.status : undefined;
	return {
		method,
		path,
		appId,
		env,
		function: name,
		key,
		ran: judgeRun(request, reply),
		status,
		errcode,
	};
}

/** A caller who has hung up does not get the answer. */
function judgeRun({ socket }: Request, { ran }: Reply): Ran | undefined {
	return ran === 'yes' && socket.destroyed ? 'cut' : ran;
}
