import { fail, type Answer, type WholeAnswer } from '../http/answers';
import type { Fault } from './faults';
import { LOGIN_PAGE, LOGIN_PAGE_PATH } from './loginPage';

/** The answer of a fault that comes before the function: with one of these, it does not run. */
export function answerBefore(fault: Fault): WholeAnswer | undefined {
	if (fault.errcode !== undefined) return fail(fault.errcode, fault.errmsg);
	if (fault.html) return LOGIN_PAGE;
	if (fault.redirect) return { kind: 'redirect', status: 302, location: LOGIN_PAGE_PATH };
	return undefined;
}

/** What a fault makes of the answer once the function has run. */
export function spoil(answer: WholeAnswer, fault: Fault): Answer {
	if (fault.reset) return { kind: 'reset' };
	if (fault.hang) return { kind: 'silence' };
	const replaced = replace(answer, fault);
	return fault.half ? { kind: 'half', of: replaced } : replaced;
}

function replace(answer: WholeAnswer, { status, body }: Fault): WholeAnswer {
	if (status === undefined && body === undefined) return answer;
	return { kind: 'raw', status: status ?? 200, body: body ?? '' };
}
