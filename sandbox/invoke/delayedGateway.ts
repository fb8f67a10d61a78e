import type { Request } from 'express';
import { succeed, type Reply } from '../http/answers';
import { readDelayedInvocation } from './delayedInvocation';
import type { DelayedTasks } from './delayedTasks';
import { answerBefore, spoil } from '../faults/faultAnswers';
import type { FaultFinder } from '../faults/faultFinder';
import { wait } from '../http/timers';
import type { TokenStore } from '../tokens/tokenStore';

interface DelayedGatewayParts {
	tokens: TokenStore;
	functionNames: readonly string[];
	findFault: FaultFinder;
	tasks: DelayedTasks;
}

/** POST /tcb/adddelayedfunctiontask */
export function createDelayedGateway({
	tokens,
	functionNames,
	findFault,
	tasks,
}: DelayedGatewayParts) {
	return async function answerDelayedInvocation(request: Request): Promise<Reply> {
		const invocation = readDelayedInvocation(request, tokens, functionNames);
		if ('answer' in invocation) return invocation;
		const { appId, env, function: name, key } = invocation;
		const fault = findFault(invocation);
		const { retryAfterSeconds } = fault;

		const refusal = answerBefore(fault);
		if (!refusal) tasks.add(invocation);
		await wait(fault.delayMs ?? 0);
		const answer = refusal ?? spoil(succeed({ errcode: 0, errmsg: 'ok' }), fault);
		return { answer, retryAfterSeconds, appId, env, function: name, key };
	};
}
