import type { Request } from 'express';
import { fail, type Answer, type Reply } from '../http/answers';
import { refuseAccount } from '../accounts/environments';
import { readFault } from '../faults/faults';
import { readKey, type Invocation } from './invocation';
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
): DelayedInvocation | Reply {
	const text = readText(request);
	const body = parseObject(text);
	const env = readField(body?.env);
	const name = readField(body?.function_name);
	const data = readField(body?.data);
	const delaySeconds = body?.delay_time;
	const input = data === undefined ? undefined : parseObject(data);
	const key = readKey(input?.itemKey);
	const refuse = (answer: Answer, appId?: string): Reply => ({
		answer,
		appId,
		env,
		function: name,
		key,
	});

	if (request.method !== 'POST') return refuse(fail(43002));
	const check = tokens.checkInvocation(request.query.access_token);
	if ('errcode' in check) return refuse(fail(check.errcode));
	const { appId } = check;
	const accountRefusal = refuseAccount(check);
	if (accountRefusal) return refuse(fail(accountRefusal), appId);

	if (text === '') return refuse(fail(44002), appId);
	if (!body) return refuse(fail(47001), appId);
	if (!env || !name || isMissing(body.data) || isMissing(delaySeconds)) {
		return refuse(fail(40101), appId);
	}
	if (!mayBeFunctionName(name)) return refuse(refuseName(), appId);
	if (!input) return refuse(fail(-501007, 'data is not the text of a JSON object'), appId);
	if (!isDelay(delaySeconds)) return refuse(fail(40097), appId);
	const targetRefusal = refuseTarget(env, name, check, functionNames);
	if (targetRefusal) return refuse(targetRefusal, appId);

	const { sandbox, ...fields } = input;
	const fault = sandbox === undefined ? undefined : readFault(sandbox, 'sandbox');
	if (typeof fault === 'string') return refuse(fail(-501007, fault), appId);
	const event = { ...fields, userInfo: { appId } };
	const fingerprint = `${env}/${name} later ${text}`;
	const bytes = Buffer.byteLength(text);
	return { appId, env, function: name, event, fault, key, fingerprint, bytes, delaySeconds };
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
