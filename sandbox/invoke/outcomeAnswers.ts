import { fail, succeed, type JsonAnswer, type WholeAnswer } from '../http/answers';
import type { Fault } from '../faults/faults';
import { expectErrcode } from '../expectations';
import type { Outcome } from '../runner/functionRunner';

const RESULT_LIMIT_BYTES = 1024 * 1024;

/** What WeChat makes of a run that has ended. */
export function answerOutcome(outcome: Outcome, { thrownErrorAs }: Fault): JsonAnswer {
	switch (outcome.kind) {
		case 'returned':
			if (Buffer.byteLength(outcome.json) > RESULT_LIMIT_BYTES)
				return fail(expectErrcode('result1100KiB'));
			return succeed(wrapResult(outcome.json));
		case 'threw':
			return answerThrown(outcome, thrownErrorAs !== undefined);
		case 'lost':
		case 'unstarted':
			return fail(-504001);
	}
}

/** What WeChat says about a run that it no longer waits for. */
export function answerTimeout(timeLimitMs: number): WholeAnswer {
	return fail(
		expectErrcode('timeLimit'),
		`Invoking task timed out after ${timeLimitMs / 1000} seconds`,
	);
}

function wrapResult(json: string) {
	return { errcode: 0, errmsg: 'ok', resp_data: json };
}

type Thrown = Extract<Outcome, { kind: 'threw' }>;

function answerThrown(thrown: Thrown, asResult: boolean): JsonAnswer {
	const errcode = expectErrcode('thrownError');
	return asResult || errcode === 0 ? succeed(wrapThrown(thrown)) : fail(errcode, describe(thrown));
}

/** The other reading of what WeChat does with an error: a success whose result describes it. */
function wrapThrown({ message, stack }: Thrown) {
	const description = { errorCode: 1, errorMessage: message, stackTrace: stack };
	return wrapResult(JSON.stringify(description));
}

function describe({ stack }: Thrown): string {
	return `functions execute fail | errMsg: ${stack}`;
}
