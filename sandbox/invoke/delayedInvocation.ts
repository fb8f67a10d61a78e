import type { Request } from 'express';
import { fail, type Answer } from '../http/answers';
import { readCaller, readKey, toInvocation, type Invocation, type Refused } from './invocation';
import { parseObject, readText } from '../http/request';
import { mayBeFunctionName, refuseName, refuseTarget } from './target';
import type { TokenStore } from '../tokens/tokenStore';

const MIN_DELAY_SECONDS = 6;
const MAX_DELAY_SECONDS = 30 * 24 * 60 * 60;

/** An invocation that WeChat would accept for later. */
export interface DelayedInvocation extends Invocation {
	delaySeconds: number;
}

/** Checks in the order of an invocation's; the first thing that is wrong is the answer. */
export function readDelayedInvocation(
	request: Request,
	tokens: TokenStore,
	functionNames: readonly string[],
): DelayedInvocation | Refused {
	const text = readText(request);
	const body = parseObject(text);
	const env = readField(body?.env);
	const name = readField(body?.function_name);
	const data = readField(body?.data);
	const delaySeconds = body?.delay_time;
	const event = data === undefined ? undefined : parseObject(data);
	const key = readKey(event?.itemKey);
	const refuse = (answer: Answer, appId?: string): Refused => {
		return { kind: 'refused', reply: { answer, appId, env, function: name, key } };
	};

	const caller = readCaller(request, tokens);
	if (caller.kind === 'refused') return refuse(fail(caller.errcode), caller.appId);
	const { appId } = caller;

	if (text === '') return refuse(fail(44002), appId);
	if (!body) return refuse(fail(47001), appId);
	if (!env || !name || isMissing(body.data) || isMissing(delaySeconds)) {
		return refuse(fail(40101), appId);
	}
	if (!mayBeFunctionName(name)) return refuse(refuseName(), appId);
	if (!event) return refuse(fail(-501007, 'data is not the text of a JSON object'), appId);
	if (!isDelay(delaySeconds)) return refuse(fail(40097), appId);
	const targetRefusal = refuseTarget(env, name, caller, functionNames);
	if (targetRefusal) return refuse(targetRefusal, appId);

	const invocation = toInvocation({ appId, env, function: name }, event, text);
	if (typeof invocation === 'string') return refuse(fail(-501007, invocation), appId);
	return { ...invocation, delaySeconds };
}

function readField(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function isMissing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

function isDelay(value: unknown): value is number {
	return (
		Number.isInteger(value) &&
		Number(value) >= MIN_DELAY_SECONDS &&
		Number(value) <= MAX_DELAY_SECONDS
	);
}
