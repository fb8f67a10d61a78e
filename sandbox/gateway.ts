import type { Request } from 'express';
import { fail, type Answer, type Reply } from './answers';
import { createFaultCounter, type Fault } from './faults';
import type { FaultStore } from './faultStore';
import { answerOutcome } from './functionAnswer';
import type { FunctionRunner } from './functionRunner';
import { readInvocation } from './invocation';
import { limitTime, wait } from './timers';
import type { TokenStore } from './tokenStore';

const LOGIN_PAGE = '<html><body>Please log in to the network</body></html>';
const ELSEWHERE = '/cgi-bin/get_api_domain_ip';

type Answered = Pick<Reply, 'answer' | 'ran'>;

/** POST /tcb/invokecloudfunction */
export function createGateway(
	tokens: TokenStore,
	faults: FaultStore,
	runner: FunctionRunner,
	timeLimitMs: number,
) {
	const applyTimes = createFaultCounter();

	return async function answerInvocation(request: Request): Promise<Reply> {
		const invocation = readInvocation(request, tokens, runner.functionNames);
		if ('answer' in invocation) return { ran: 'no', ...invocation };
		const { appId, env, function: name, event, fingerprint } = invocation;
		// The function's own fault counts every call; one in the call itself wins over it.
		const ofFunction = faults.take(name);
		const fault = invocation.hasFault ? applyTimes(invocation.fault, fingerprint) : ofFunction;
		const { answer, ran } = isInFront(fault)
			? await answerInFront(fault)
			: await runFunction(name, event, fault);
		const key = readKey(event.itemKey);
		const { retryAfterSeconds } = fault;
		return { answer, ran, key, appId, env, function: name, retryAfterSeconds };
	};

	/** Something that answers before the function is reached. */
	async function answerInFront(fault: Fault): Promise<Answered> {
		await wait(fault.delayMs ?? 0);
		if (fault.errcode !== undefined) {
			return { answer: fail(fault.errcode, fault.errmsg), ran: 'no' };
		}
		const page = { kind: 'raw', body: LOGIN_PAGE } as const;
		if (fault.html) return { answer: { ...page, status: 200 }, ran: 'no' };
		return { answer: { ...page, status: 302, location: ELSEWHERE }, ran: 'no' };
	}

	async function runFunction(
		name: string,
		event: Record<string, unknown>,
		fault: Fault,
	): Promise<Answered> {
		const outcome = await limitTime(runSlowed(name, event, fault), timeLimitMs);
		const lost = loseAnswer(fault);
		if (lost !== undefined) return { answer: lost, ran: 'cut' };
		if (!outcome) {
			const errmsg = `Invoking task timed out after ${timeLimitMs / 1000} seconds`;
			return { answer: fail(-504003, errmsg), ran: 'cut' };
		}
		return { answer: answerOutcome(outcome, fault), ran: 'yes' };
	}

	async function runSlowed(name: string, event: Record<string, unknown>, fault: Fault) {
		const outcome = await runner.invoke(name, event);
		await wait(fault.delayMs ?? 0);
		return outcome;
	}
}

function isInFront({ errcode, html, redirect }: Fault): boolean {
	return errcode !== undefined || html === true || redirect === true;
}

/** What takes the answer's place on its way back. */
function loseAnswer({ reset, hang, half, status, body }: Fault): Answer | undefined {
	if (reset) return { kind: 'reset' };
	if (hang) return { kind: 'silence' };
	if (half) return { kind: 'half', body: '{"errcode":0,"errmsg":"ok","resp_d' };
	if (status === undefined && body === undefined) return undefined;
	return { kind: 'raw', status: status ?? 200, body: body ?? '' };
}

function readKey(value: unknown): string | undefined {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
