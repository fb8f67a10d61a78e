import type { Request } from 'express';
import { fail, succeed, type Answer, type Reply } from './answers';
import { createFaultCounter, type Fault } from './faults';
import type { FunctionRunner, Outcome } from './functionRunner';
import { readInvocation } from './invocation';
import { limitTime, wait } from './timers';
import type { TokenStore } from './tokenStore';

const RESULT_LIMIT_BYTES = 1024 * 1024;

/** POST /tcb/invokecloudfunction */
export function createGateway(tokens: TokenStore, runner: FunctionRunner, timeLimitMs: number) {
	const applyTimes = createFaultCounter();

	return async function answerInvocation(request: Request): Promise<Reply> {
		const invocation = readInvocation(request, tokens, runner.functionNames);
		if ('answer' in invocation) return invocation;
		const { appId, env, function: name, event, fingerprint } = invocation;
		const fault = applyTimes(invocation.fault, fingerprint);
		const answer =
			fault.errcode === undefined
				? await runFunction(name, event, fault)
				: await refuse(fault.errcode, fault);
		return { answer, appId, env, function: name };
	};

	async function refuse(errcode: number, fault: Fault): Promise<Answer> {
		await wait(fault.delayMs ?? 0);
		return fail(errcode, fault.errmsg);
	}

	async function runFunction(
		name: string,
		event: Record<string, unknown>,
		fault: Fault,
	): Promise<Answer> {
		const outcome = await limitTime(runSlowed(name, event, fault), timeLimitMs);
		if (fault.reset) return { kind: 'reset' };
		if (fault.hang) return { kind: 'silence' };
		if (fault.status !== undefined || fault.body !== undefined) {
			return { kind: 'raw', status: fault.status ?? 200, body: fault.body ?? '' };
		}
		if (!outcome) {
			return fail(-504003, `Invoking task timed out after ${timeLimitMs / 1000} seconds`);
		}
		return answerOutcome(outcome, fault);
	}

	async function runSlowed(name: string, event: Record<string, unknown>, fault: Fault) {
		const outcome = await runner.invoke(name, event);
		await wait(fault.delayMs ?? 0);
		return outcome;
	}
}

function answerOutcome(outcome: Outcome, fault: Fault): Answer {
	switch (outcome.kind) {
		case 'returned':
			if (Buffer.byteLength(outcome.json) > RESULT_LIMIT_BYTES) return fail(-604001);
			return succeed(wrapResult(outcome.json));
		case 'threw':
			return fault.thrownErrorAs ? succeed(wrapThrown(outcome)) : fail(-504002, describe(outcome));
		case 'lost':
			return fail(-504001);
	}
}

function wrapResult(json: string) {
	return { errcode: 0, errmsg: 'ok', resp_data: json };
}

type Thrown = Extract<Outcome, { kind: 'threw' }>;

/** The other reading of what WeChat does with an error: a success whose result describes it. */
function wrapThrown({ message, stack }: Thrown) {
	const description = { errorCode: 1, errorMessage: message, stackTrace: stack };
	return wrapResult(JSON.stringify(description));
}

function describe({ stack }: Thrown): string {
	return `functions execute fail | errMsg: ${stack}`;
}
