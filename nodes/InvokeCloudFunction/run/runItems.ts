import type { Failure } from '../../../wechat/outcome/failure';
import type { Success } from '../../../wechat/outcome/returnValue';
import { openAccounts } from './accounts';
import { invoke, type Run } from './invoke';
import { openLedger } from './ledger';
import type { Answered, Job } from './job';
import { makeJobs } from './makeJobs';
import type { NodeInput } from '../input/nodeInput';
import type { RunRules } from '../input/rules';
import { createPace } from './pace';
import { createRetryBudget } from './retryBudget';
import { runBounded } from './runBounded';
import { waitUntilCancelled } from './wait';

export interface Results {
	/** In the order of the input; items not reached before a stop are missing. */
	answered: Answered[];
	/** The first failure, where one stops the run. */
	stop?: { itemIndex: number; failure: Failure; invoked: number };
	/** Ends the bookkeeping for n8n's Retry On Fail. */
	close(wantsRetry: boolean): void;
}

/** Takes every item from its parameters to its outcome. */
export async function runItems(input: NodeInput, rules: RunRules): Promise<Results> {
	const { context } = input;
	const { stopsAtFailure, concurrency, requestsPerSecond, credentialPerItem } = rules;
	const ledger = openLedger(input);
	const results: Results = { answered: [], close: ledger.close };
	const cancelSignal = context.getExecutionCancelSignal();
	const isStopped = () => results.stop !== undefined || cancelSignal?.aborted === true;
	const run: Run = {
		context,
		budget: createRetryBudget(),
		pace: createPace(requestsPerSecond, isStopped),
		isStopped,
	};
	let invoked = 0;

	async function runJob({ itemIndexes, task }: Job): Promise<Success | Failure | undefined> {
		if (task.kind !== 'invocation') return task;
		const outcome = await invoke(run, task);
		if (outcome === undefined) return undefined;
		ledger.record({ itemIndexes, outcome }, task.rules.safeToRepeat);
		invoked += itemIndexes.length;
		return outcome;
	}

	const jobs = makeJobs(input, rules, ledger, openAccounts(context, credentialPerItem));
	const work = runBounded(jobs, concurrency, async (job) => {
		const before = invoked;
		const outcome = await runJob(job);
		if (outcome === undefined) return false;
		results.answered.push({ itemIndexes: job.itemIndexes, outcome });
		if (stopsAtFailure && outcome.kind === 'failure') {
			results.stop ??= { itemIndex: job.itemIndexes[0], failure: outcome, invoked: before };
		}
		return !isStopped();
	});
	await waitUntilCancelled(work, cancelSignal);
	results.answered.sort((a, b) => a.itemIndexes[0] - b.itemIndexes[0]);
	return results;
}
