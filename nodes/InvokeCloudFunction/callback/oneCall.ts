import { API_HOSTS } from '../../../wechat/hosts';
import type { Problem } from '../../../wechat/invoke/target';
import { describeProblem } from '../../../wechat/outcome/failure';
import { listItems, type Answered, type Invocation, type Job } from '../run/job';

/** All items in one call, or none at all: what a workflow can wait for is one call. */
export async function* requireOneCall(jobs: AsyncGenerator<Job>): AsyncGenerator<Job> {
	const invocations: Invocation[] = [];
	let hasFailed = false;
	for await (const job of jobs) {
		if (job.kind === 'invocation') {
			invocations.push(job);
			continue;
		}
		hasFailed ||= job.outcome.kind === 'failure';
		yield job;
	}
	const problem = findProblem(invocations, hasFailed);
	if (problem === undefined) yield* invocations;
	else yield* invocations.map((invocation) => refuse(invocation, problem));
}

/** For the items that nothing is wrong with, where others of their batch can't be sent. */
export function refuseRest(invocation: Invocation): Answered {
	return refuse(invocation, NOT_WHOLE);
}

function findProblem(invocations: Invocation[], hasFailed: boolean): Problem | undefined {
	if (hasFailed) return NOT_WHOLE;
	if (invocations.length > 1) return describeSeveral(invocations.length);
	const [invocation] = invocations;
	return invocation?.callback && findObstacle(invocation.account.host, invocation.callback.url);
}

const NOT_WHOLE: Problem = {
	what: 'another item of its batch can not be sent, and the workflow can wait for one whole batch only',
	hint: 'Correct the other item, or leave it out. Nothing was scheduled.',
};

function describeSeveral(calls: number): Problem {
	return {
		what: `the items would take ${calls} calls, and the workflow can wait for one call only`,
		hint: 'Let Environment, Function, Delay and the options be the same for all items, or put a Loop Over Items node before this one.',
	};
}

/** This machine, as it calls itself. */
const THIS_MACHINE = /^(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)$/;

/** WeChat's cloud has no way to an n8n that knows only this machine's own name for itself. */
function findObstacle(apiHost: string, callbackUrl: string): Problem | undefined {
	const { hostname, origin } = new URL(callbackUrl);
	const isWeChat = API_HOSTS.some((host) => host.origin === apiHost);
	if (!isWeChat || !THIS_MACHINE.test(hostname)) return undefined;
	return {
		what: `the function could not call back: n8n's own address is ${origin}`,
		hint: "Set n8n's environment variable WEBHOOK_URL to an address that can be reached from the internet. If there is none, use Run Later.",
	};
}

function refuse(invocation: Invocation, problem: Problem): Answered {
	const { target } = invocation;
	return {
		kind: 'answered',
		itemIndexes: listItems(invocation),
		outcome: describeProblem(problem, target),
	};
}
