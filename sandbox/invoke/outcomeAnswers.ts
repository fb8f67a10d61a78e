import { fail, succeed, type JsonAnswer } from '../http/answers';
import type { Fault } from '../faults/faults';
import { expectErrcode } from '../expectErrcode';
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
			return answerThrown(outcome, thrownErrorAs);
		case 'timedOut':
			return answerTimeout(outcome.seconds);
		case 'lost':
		case 'unstarted':
			return fail(-504001);
	}
}

/** What WeChat says about a run that it no longer waits for. */
export function answerTimeout(seconds: number): JsonAnswer {
	return fail(expectErrcode('timeLimit'), `Invoking task timed out after ${seconds} seconds`);
}

function wrapResult(json: string) {
	return { errcode: 0, errmsg: 'ok', resp_data: json };
}

type Thrown = Extract<Outcome, { kind: 'threw' }>;

function answerThrown(thrown: Thrown, shape: Fault['thrownErrorAs']): JsonAnswer {
	const errcode = expectErrcode('thrownError');
	if (shape === undefined && errcode !== 0) return fail(errcode, describe(thrown));
	return succeed(wrapResult(JSON.stringify(THROWN_SHAPES[shape ?? 'resp_data'](thrown))));
}

/** The other readings of what WeChat does with an error: a success whose result describes it. */
const THROWN_SHAPES: Readonly<
	Record<NonNullable<Fault['thrownErrorAs']>, (thrown: Thrown) => object>
> = {
	resp_data: ({ message, stack }) => ({ errorCode: 1, errorMessage: message, stackTrace: stack }),
	runtime: ({ stack }) => ({
		errorCode: 1,
		errorMessage: 'user code exception caught',
		stackTrace: stack,
		statusCode: 430,
	}),
};

function describe({ stack }: Thrown): string {
	return `functions execute fail | errMsg: ${stack}`;
}
