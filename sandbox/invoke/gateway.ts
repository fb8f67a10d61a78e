import type { Request } from 'express';
import { succeed, type Reply, type WholeAnswer } from '../http/answers';
import { countRuns, hidesResult, readWire, spoil } from '../faults/faultAnswers';
import type { Fault } from '../faults/faults';
import type { FaultStore } from '../faults/faultStore';
import type { Limiter } from '../faults/limits';
import type { Outcome } from '../runner/functionRunner';
import { changeEvent, findFault, readInvocation, type Invocation } from './invocation';
import { answerOutcome, answerTimeout } from './outcomeAnswers';
import type { Run } from './runs';
import { limitTime, wait } from '../http/timers';
import type { TokenStore } from '../tokens/tokenStore';

interface GatewayParts {
	tokens: TokenStore;
	functionNames: readonly string[];
	faults: FaultStore;
	limiter: Limiter;
	run: Run;
	timeLimitMs: number;
}

/** POST /tcb/invokecloudfunction */
export function createGateway(parts: GatewayParts) {
	const { tokens, functionNames, faults, limiter, run, timeLimitMs } = parts;

	return async function answerInvocation(request: Request): Promise<Reply> {
		const invocation = readInvocation(request, tokens, functionNames);
		if (invocation.kind === 'refused') return invocation.reply;
		const { appId, env, function: name, key, bytes } = invocation;
		const fault = limiter.refuse(env, bytes) ?? findFault(invocation, faults);
		const reply = { ...readWire(fault), appId, env, function: name, key };
		if (countRuns(fault) > 0) return { ...reply, ...(await answerRun(invocation, fault)) };
		await wait(fault.delayMs ?? 0);
		return { ...reply, answer: spoil(NOT_RUN, fault), ran: 'no' };
	};

	async function answerRun(
		invocation: Invocation,
		fault: Fault,
	): Promise<Pick<Reply, 'answer' | 'ran'>> {
		const changed = changeEvent(invocation, fault);
		const work = limiter.hold(invocation.env, async () => await runSlowed(changed, fault));
		const outcome = await limitTime(work, timeLimitMs);
		const answer = spoil(answerInTime(outcome, fault), fault);
		if (outcome?.kind === 'unstarted') return { answer, ran: 'no' };
		const hasEnded = outcome?.kind === 'returned' || outcome?.kind === 'threw';
		return { answer, ran: hasEnded && !hidesResult(fault) ? 'yes' : 'cut' };
	}

	function answerInTime(outcome: Outcome | undefined, fault: Fault): WholeAnswer {
		return outcome ? answerOutcome(outcome, fault) : answerTimeout(timeLimitMs / 1000);
	}

	async function runSlowed(invocation: Invocation, fault: Fault): Promise<Outcome> {
		const shortest = wait(limiter.findCallMs(invocation.env));
		let outcome = await run(invocation);
		for (let left = countRuns(fault) - 1; left > 0; left--) outcome = await run(invocation);
		await shortest;
		if (outcome.kind !== 'unstarted') await wait(fault.delayMs ?? 0);
		return outcome;
	}
}

const NOT_RUN = succeed({ errcode: 0, errmsg: 'ok', resp_data: 'null' });
