import type { DelayedInvocation } from './delayedInvocation';
import { answerOutcome } from './outcomeAnswers';
import type { Run } from './runs';
import type { Ran } from '../http/answers';
import type { SandboxRequest } from '../http/requestLog';
import type { Outcome } from '../runner/functionRunner';

/** Where the path of a request would be in the log: nobody requests such a run. */
const DELAYED_PATH = '(delayed)';
const RAN: Readonly<Record<Outcome['kind'], Ran>> = {
	returned: 'yes',
	threw: 'yes',
	timedOut: 'cut',
	lost: 'cut',
	unstarted: 'no',
};

/** A function that is still to run, without its event. */
export interface DelayedTask {
	appId: string;
	env: string;
	function: string;
	key?: string | number;
	/** In milliseconds, on the sandbox's clock. */
	dueAt: number;
}

/** What a test does with tasks without waiting for them. */
export interface DelayedTaskControls {
	/** Those that have not started, in the order of their time. */
	list(): DelayedTask[];
	/** Starts those whose time has come, and resolves when these have ended. */
	runDue(): Promise<void>;
}

interface DelayedTaskParts {
	run: Run;
	now: () => number;
	record: (entry: SandboxRequest) => void;
}

interface Pending {
	invocation: DelayedInvocation;
	dueAt: number;
}

/** Keeps the functions that run later. No fault and no time limit acts on those runs: nobody waits. */
export function createDelayedTasks({ run, now, record }: DelayedTaskParts) {
	let pending: Pending[] = [];

	/** @param delaySeconds 0: it starts at once */
	function add(invocation: DelayedInvocation, delaySeconds = invocation.delaySeconds): void {
		pending.push({ invocation, dueAt: now() + delaySeconds * 1000 });
		pending.sort((a, b) => a.dueAt - b.dueAt);
		if (delaySeconds === 0) void runDue();
	}

	function list(): DelayedTask[] {
		return pending.map(({ invocation: { appId, env, function: name, key }, dueAt }) => ({
			appId,
			env,
			function: name,
			key,
			dueAt,
		}));
	}

	async function runDue(): Promise<void> {
		const due = pending.filter(({ dueAt }) => dueAt <= now());
		// Before they start: whoever calls this meanwhile must not start them again.
		pending = pending.filter((task) => !due.includes(task));
		await Promise.all(due.map(async ({ invocation }) => await runOne(invocation)));
	}

	async function runOne(invocation: DelayedInvocation): Promise<void> {
		const outcome = await run(invocation);
		const { errcode } = answerOutcome(outcome, {});
		const { appId, env, function: name, key } = invocation;
		const ran = RAN[outcome.kind];
		record({ path: DELAYED_PATH, appId, env, function: name, key, ran, errcode });
	}

	function clear(): void {
		pending = [];
	}

	return { add, list, runDue, clear };
}

export type DelayedTasks = ReturnType<typeof createDelayedTasks>;
