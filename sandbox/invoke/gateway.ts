import type { Request } from 'express';
import type { Reply } from '../http/answers';
import type { Run } from './countedRun';
import { answerBefore, spoil } from '../faults/faultAnswers';
import type { FaultFinder } from '../faults/faultFinder';
import type { Fault } from '../faults/faults';
import type { Outcome } from '../runner/functionRunner';
import { readInvocation, type Invocation } from './invocation';
import { answerOutcome, answerTimeout } from './outcomeAnswers';
import { limitTime, wait } from '../http/timers';
import type { TokenStore } from '../tokens/tokenStore';

interface GatewayParts {
	tokens: TokenStore;
	functionNames: readonly string[];
	findFault: FaultFinder;
	run: Run;
	timeLimitMs: number;
}

/** POST /tcb/invokecloudfunction */
export function createGateway({
	tokens,
	functionNames,
	findFault,
	run,
	timeLimitMs,
}: GatewayParts) {
	return async function answerInvocation(request: Request): Promise<Reply> {
		const invocation = readInvocation(request, tokens, functionNames);
		if ('answer' in invocation) return invocation;
		const { appId, env, function: name, key } = invocation;
		const fault = findFault(invocation);
		const { retryAfterSeconds } = fault;
		const reply = { retryAfterSeconds, appId, env, function: name, key };

		const answer = answerBefore(fault);
		if (!answer) return { ...reply, ...(await answerRun(invocation, fault)) };
		await wait(fault.delayMs ?? 0);
		return { ...reply, answer, ran: 'no' };
	};

	async function answerRun(
		invocation: Invocation,
		fault: Fault,
	): Promise<Pick<Reply, 'answer' | 'ran'>> {
		const outcome = await limitTime(runSlowed(invocation, fault), timeLimitMs);
		const own = outcome ? answerOutcome(outcome, fault) : answerTimeout(timeLimitMs);
		const answer = spoil(own, fault);
		if (outcome?.kind === 'unstarted') return { answer, ran: 'no' };
		const isKnown = outcome !== undefined && outcome.kind !== 'lost' && answer === own;
		return { answer, ran: isKnown ? 'yes' : 'cut' };
	}

	async function runSlowed(invocation: Invocation, fault: Fault): Promise<Outcome> {
		const outcome = await run(invocation);
		if (outcome.kind !== 'unstarted') await wait(fault.delayMs ?? 0);
		return outcome;
	}
}
