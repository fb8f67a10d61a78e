import type { Request } from 'express';
import { expectErrcode } from '../expectErrcode';
import { fail, type Answer, type Reply } from '../http/answers';
import { refuseAccount } from '../accounts/environments';
import { readFault, type Fault } from '../faults/faults';
import type { FaultStore } from '../faults/faultStore';
import { parseObject, readText } from '../http/request';
import { mayBeFunctionName, refuseName, refuseTarget } from './target';
import type { TokenStore } from '../tokens/tokenStore';

/** An invocation that WeChat would hand to the function. */
export interface Invocation {
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

/** Checks in WeChat's order; the first thing that is wrong is the answer. */
export function readInvocation(
	request: Request,
	tokens: TokenStore,
	functionNames: readonly string[],
): Invocation | Reply {
	const env = readQuery(request, 'env');
	const name = readQuery(request, 'name');
	const text = readText(request);
	const body = parseObject(text);
	const key = readKey(body?.itemKey);
	const refuse = (answer: Answer, appId?: string): Reply => ({
		answer,
		appId,
		env,
		function: name,
		key,
		ran: 'no',
	});

	if (request.method !== 'POST') return refuse(fail(43002));
	const check = tokens.checkInvocation(request.query.access_token);
	if ('errcode' in check) return refuse(fail(check.errcode));
	const { appId } = check;
	const accountRefusal = refuseAccount(check);
	if (accountRefusal) return refuse(fail(accountRefusal), appId);

	if (!name && body?.name) return refuse(refuseName(), appId);
	if (!env || !name) return refuse(fail(40101), appId);
	if (text === '') return refuse(fail(expectErrcode('emptyBody')), appId);
	if (!body) return refuse(fail(refuseKind(text), 'the request body is not a JSON object'), appId);
	if (!mayBeFunctionName(name)) return refuse(refuseName(), appId);

	const targetRefusal = refuseTarget(env, name, check, functionNames);
	if (targetRefusal) return refuse(targetRefusal, appId);

	const { sandbox, ...input } = body;
	const fault = sandbox === undefined ? undefined : readFault(sandbox, 'sandbox');
	if (typeof fault === 'string') return refuse(fail(-501007, fault), appId);
	return {
		appId,
		env,
		function: name,
		event: { ...input, userInfo: { appId } },
		fault,
		key,
		fingerprint: `${env}/${name} ${text}`,
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
