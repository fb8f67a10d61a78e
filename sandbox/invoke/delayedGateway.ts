import type { Request } from 'express';
import { succeed, type Reply } from '../http/answers';
import { readDelayedInvocation } from './delayedInvocation';
import type { DelayedTasks } from './delayedTasks';
import { changeEvent, findFault } from './invocation';
import { meetFault } from '../faults/faultAnswers';
import type { FaultStore } from '../faults/faultStore';
import type { TokenStore } from '../tokens/tokenStore';

interface DelayedGatewayParts {
	tokens: TokenStore;
	functionNames: readonly string[];
	faults: FaultStore;
	tasks: DelayedTasks;
}

/** POST /tcb/adddelayedfunctiontask */
export function createDelayedGateway({
	tokens,
	functionNames,
	faults,
	tasks,
}: DelayedGatewayParts) {
	return async function answerDelayedInvocation(request: Request): Promise<Reply> {
		const invocation = readDelayedInvocation(request, tokens, functionNames);
		if (invocation.kind === 'refused') return invocation.reply;
		const { appId, env, function: name, key } = invocation;
		const fault = findFault(invocation, faults);
		const reply = await meetFault(fault, () => {
			tasks.add(changeEvent(invocation, fault), fault.delaySeconds);
			return { answer: succeed({ errcode: 0, errmsg: 'ok' }) };
		});
		return { ...reply, appId, env, function: name, key };
	};
}
