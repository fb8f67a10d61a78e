import type { Request } from 'express';
import type { Reply } from './answers';
import { answerBefore, spoil } from './faultAnswers';
import { createFaultCounter, type Fault } from './faults';
import type { FunctionFaults } from './functionFaults';
import type { FunctionRunner, Outcome } from './functionRunner';
import { readInvocation, type Invocation } from './invocation';
import { answerOutcome, answerTimeout } from './outcomeAnswers';
import type { RunCounter } from './runCounter';
import { limitTime, wait } from './timers';
import type { TokenStore } from './tokenStore';

interface GatewayParts {
	tokens: TokenStore;
	runner: FunctionRunner;
	faults: FunctionFaults;
	runs: RunCounter;
	timeLimitMs: number;
}

/** POST /tcb/invokecloudfunction */
export function createGateway({ tokens, runner, faults, runs, timeLimitMs }: GatewayParts) {
	const applyTimes = createFaultCounter();

	return async function answerInvocation(request: Request): Promise<Reply> {
		const invocation = readInvocation(request, tokens, runner.functionNames);
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

	/** The call's own instruction, even an empty one, goes before the function's fault. */
	function findFault({ function: name, fault, fingerprint }: Invocation): Fault {
		return fault ? applyTimes(fault, fingerprint) : faults.take(name);
	}

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
		const { function: name, event, key } = invocation;
		const takeBack = runs.add(name, key);
		const outcome = await runner.invoke(name, event);
		if (outcome.kind === 'unstarted') takeBack();
		else await wait(fault.delayMs ?? 0);
		return outcome;
	}
}
