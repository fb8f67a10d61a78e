import type { Request } from 'express';
import type { Ran, Reply } from './answers';

const MOST_ENTRIES = 10_000;

export interface SandboxRequest {
	/** Absent: a function that was to run later has run, or the sandbox has pushed something. */
	method?: string;
	path: string;
	appId?: string;
	env?: string;
	function?: string;
	/** `itemKey` of an invocation's body, if it is text or a number. */
	key?: string | number;
	/** Of every invocation, refused ones too, and every delayed run: whether the function was started for it. */
	ran?: Ran;
	/** Of a push. */
	infoType?: string;
	/** Of a push: how often it was sent. */
	tries?: number;
	/** Of a push: whether it was answered `success` in time. */
	answered?: boolean;
	/** The HTTP status of an answer, unless it is 200. */
	status?: number;
	/** `null` when no errcode was sent: a reset, a silence, half an answer, or one that is not WeChat's. */
	errcode: number | null;
}

/** Keeps the last requests, and tells each to whoever watches. */
export function createRequestLog(
	onRequest: (entry: SandboxRequest) => void = () => {},
	limit = MOST_ENTRIES,
) {
	const entries: SandboxRequest[] = [];
	const record = (entry: SandboxRequest) => {
		entries.push(entry);
		if (entries.length > limit) entries.shift();
		onRequest(entry);
	};
	return { entries, record };
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
