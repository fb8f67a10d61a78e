import { fail, succeed, type Answer, type Reply, type WholeAnswer } from '../http/answers';
import { isObject } from '../http/request';
import { wait } from '../http/timers';
import type { Fault } from './faults';

/** Where the fault `redirect` sends its caller. */
export const LOGIN_PAGE_PATH = '/sandbox/login';

/** What a proxy sends to those who have not logged in. */
export const LOGIN_PAGE: WholeAnswer = {
	kind: 'raw',
	status: 200,
	body: '<html><body>Please log in</body></html>',
};

const NOTHING_DONE = succeed({ errcode: 0, errmsg: 'ok' });

/** Does what a call is for, as often as the fault lets it, and answers as the fault says. */
export async function meetFault(fault: Fault, work: () => Reply | Promise<Reply>): Promise<Reply> {
	let reply: Reply = { answer: NOTHING_DONE };
	for (let left = countRuns(fault); left > 0; left--) reply = await work();
	await wait(fault.delayMs ?? 0);
	const { headers, trickleMs = reply.trickleMs } = readWire(fault);
	const ran = reply.ran === 'yes' && hidesResult(fault) ? 'cut' : reply.ran;
	const answer = spoil(reply.answer, fault);
	return { ...reply, answer, headers: { ...reply.headers, ...headers }, trickleMs, ran };
}

/** How often a call does what it is for: not at all where something in front of it answers. */
export function countRuns(fault: Fault): number {
	return fault.runs ?? (answerInFront(fault) ? 0 : 1);
}

/** What a fault makes of an answer. */
export function spoil(answer: Answer, fault: Fault): Answer {
	const inFront = answerInFront(fault);
	if (!inFront && fault.reset) return { kind: 'reset' };
	if (!inFront && fault.hang) return { kind: 'silence' };
	const whole = inFront ?? replace(fault) ?? answer;
	if (whole.kind === 'reset' || whole.kind === 'silence' || whole.kind === 'half') return whole;
	const changed = change(whole, fault);
	return fault.half ? { kind: 'half', of: changed } : changed;
}

/** Whether the caller still learns what came of the run. */
export function hidesResult({ reset, hang, half, set = {}, omit = [], ...fault }: Fault): boolean {
	const isGone = 'resp_data' in set || omit.includes('resp_data');
	const isReplaced = answerInFront(fault) ?? replace(fault);
	return Boolean(reset || hang || half || isGone || isReplaced);
}

/** What of a fault is on the wire, beside the answer itself. */
export function readWire(fault: Fault): Pick<Reply, 'headers' | 'trickleMs'> {
	const { retryAfterSeconds, trickleMs } = fault;
	const headers = { ...fault.headers };
	if (retryAfterSeconds !== undefined) headers['Retry-After'] = String(retryAfterSeconds);
	return { headers, trickleMs };
}

function answerInFront(fault: Fault): WholeAnswer | undefined {
	if (fault.errcode !== undefined) return fail(fault.errcode, fault.errmsg);
	if (fault.html) return LOGIN_PAGE;
	if (fault.redirect) return { kind: 'redirect', status: 302, location: LOGIN_PAGE_PATH };
	return undefined;
}

function replace({ status, body, bodyBase64 }: Fault): WholeAnswer | undefined {
	if (status === undefined && body === undefined && bodyBase64 === undefined) return undefined;
	const bytes = bodyBase64 === undefined ? undefined : Buffer.from(bodyBase64, 'base64');
	return { kind: 'raw', status: status ?? 200, body: bytes ?? body ?? '' };
}

function change(answer: WholeAnswer, { set = {}, omit = [] }: Fault): WholeAnswer {
	if (answer.kind !== 'json') return answer;
	// What the answer does not have comes to stand at its top.
	const missing = { ...set };

	function rewrite(value: unknown): unknown {
		if (Array.isArray(value)) return value.map(rewrite);
		if (!isObject(value)) return value;
		const kept = Object.entries(value).filter(([name]) => !omit.includes(name));
		return Object.fromEntries(kept.map(([name, entry]) => [name, rewriteField(name, entry)]));
	}

	function rewriteField(name: string, entry: unknown): unknown {
		if (!Object.hasOwn(set, name)) return rewrite(entry);
		delete missing[name];
		return set[name];
	}

	const body = rewrite(answer.body) as object;
	return { ...answer, body: { ...body, ...missing } };
}
