import type { Request } from 'express';
import type { Ran, Reply } from './answers';
import type { Outcome } from '../runner/functionRunner';
import type { Invocation } from '../invoke/invocation';
import type { PushResult } from '../openPlatform/pushes/pusher';

/** Where the path of a request would be, for a function that runs later: nobody requests that. */
const DELAYED_PATH = '(delayed)';

/** The same for what the sandbox itself sends to a component. */
const PUSH_PATH = '(push)';

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

/** A delayed run, once it has ended. */
export function describeDelayedRun(
	{ appId, env, function: name, key }: Invocation,
	{ kind }: Outcome,
	errcode: number | null,
): SandboxRequest {
	const ran = DELAYED_RUNS[kind];
	return { path: DELAYED_PATH, appId, env, function: name, key, ran, errcode };
}

/** A push, once it is answered or has been sent in vain. */
export function describePush({
	infoType,
	appId,
	tries,
	answered,
	status,
}: PushResult): SandboxRequest {
	const unusual = status === null || status === 200 ? undefined : status;
	return { path: PUSH_PATH, appId, infoType, tries, answered, status: unusual, errcode: null };
}

const DELAYED_RUNS: Readonly<Record<Outcome['kind'], Ran>> = {
	returned: 'yes',
	threw: 'yes',
	lost: 'cut',
	unstarted: 'no',
};

/** A caller who has hung up does not get the answer. */
function judgeRun({ socket }: Request, { ran }: Reply): Ran | undefined {
	return ran === 'yes' && socket.destroyed ? 'cut' : ran;
}
