import type { Request } from 'express';
import { expectErrcode } from '../expectErrcode';
import { fail, type Answer, type Reply } from '../http/answers';
import { refuseAccount } from '../accounts/environments';
import { readFault, type Fault } from '../faults/faults';
import type { FaultStore } from '../faults/faultStore';
import { parseObject, readText } from '../http/request';
import { mayBeFunctionName, refuseName, refuseTarget } from './target';
import type { TokenHolder, TokenStore } from '../tokens/tokenStore';

/** An invocation that WeChat would hand to the function. */
export interface Invocation {
	kind: 'invocation';
	appId: string;
	env: string;
	function: string;
	event: Record<string, unknown>;
	/** The call's own instruction; absent: it has none. */
	fault?: Fault;
	/** Tells in the log which item it was. */
	key?: string | number;
	/** The same for two calls that say exactly the same. */
	fingerprint: string;
	/** How large the request was. */
	bytes: number;
}

/** One that WeChat would not accept. */
export interface Refused {
	kind: 'refused';
	reply: Reply;
}

/** Checks in WeChat's order; the first thing that is wrong is the answer. */
export function readInvocation(
	request: Request,
	tokens: TokenStore,
	functionNames: readonly string[],
): Invocation | Refused {
	const env = readQuery(request, 'env');
	const name = readQuery(request, 'name');
	const text = readText(request);
	const body = parseObject(text);
	const key = readKey(body?.itemKey);
	const refuse = (answer: Answer, appId?: string): Refused => {
		return { kind: 'refused', reply: { answer, appId, env, function: name, key, ran: 'no' } };
	};

	const caller = readCaller(request, tokens);
	if (caller.kind === 'refused') return refuse(fail(caller.errcode), caller.appId);
	const { appId } = caller;

	if (!name && body?.name) return refuse(refuseName(), appId);
	if (!env || !name) return refuse(fail(40101), appId);
	if (text === '') return refuse(fail(expectErrcode('emptyBody')), appId);
	if (!body) return refuse(fail(refuseKind(text), 'the request body is not a JSON object'), appId);
	if (!mayBeFunctionName(name)) return refuse(refuseName(), appId);

	const targetRefusal = refuseTarget(env, name, caller, functionNames);
	if (targetRefusal) return refuse(targetRefusal, appId);

	const invocation = toInvocation({ appId, env, function: name }, body, text);
	return typeof invocation === 'string' ? refuse(fail(-501007, invocation), appId) : invocation;
}

/** Whoever may invoke functions, now or later; else the errcode that says why not. */
export function readCaller(
	request: Request,
	tokens: TokenStore,
): TokenHolder | { kind: 'refused'; errcode: number; appId?: string } {
	if (request.method !== 'POST') return { kind: 'refused', errcode: 43002 };
	const check = tokens.checkInvocation(request.query.access_token);
	if (check.kind === 'refused') return check;
	const errcode = refuseAccount(check);
	return errcode === undefined ? check : { kind: 'refused', errcode, appId: check.appId };
}

/** @returns what is wrong with the call's own instruction, where something is */
export function toInvocation(
	where: Pick<Invocation, 'appId' | 'env' | 'function'>,
	{ sandbox, ...fields }: Record<string, unknown>,
	text: string,
): Invocation | string {
	const fault = sandbox === undefined ? undefined : readFault(sandbox, 'sandbox');
	if (typeof fault === 'string') return fault;
	const event = { ...fields, userInfo: { appId: where.appId } };
	const key = readKey(fields.itemKey);
	const fingerprint = `${where.env}/${where.function} ${text}`;
	return {
		kind: 'invocation',
		...where,
		event,
		fault,
		key,
		fingerprint,
		bytes: Buffer.byteLength(text),
	};
}

/** A body that is JSON, but no object. */
function refuseKind(text: string): number {
	if (text.trim().startsWith('[')) return expectErrcode('arrayEvent');
	return expectErrcode(/^\s*"/.test(text) ? 'textEvent' : 'numberEvent');
}

/** What a call meets: its own instruction, even an empty one, goes before the fault of its function. */
export function findFault(invocation: Invocation, faults: FaultStore): Fault {
	const { function: name, fault: own, fingerprint } = invocation;
	return own ? faults.takeOwn(own, fingerprint) : faults.take(name);
}

/** The same call, with what the fault puts into its event. WeChat's own field stays. */
export function changeEvent<T extends Invocation>(invocation: T, fault: Fault): T {
	const { event } = invocation;
	return { ...invocation, event: { ...event, ...fault.event, userInfo: event.userInfo } };
}

function readQuery(request: Request, key: string): string | undefined {
	const value = request.query[key];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

export function readKey(value: unknown): string | number | undefined {
	return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}
