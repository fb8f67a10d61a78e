import type { IExecuteFunctions } from 'n8n-workflow';
import type { Failure } from '../../wechat/failure';
import type { Success } from '../../wechat/outcome';
import { invoke, openRun } from './invoke';
import { openLedger } from './ledger';
import { makeJobs, type Job } from './makeJobs';
import { readConcurrency } from './options';
import { runBounded } from './runBounded';

/** What a call came to, for the items it was made for. */
export interface Answered {
	itemIndexes: number[];
	outcome: Success | Failure;
}

export interface Results {
	/** In the order of the input; items not reached before a stop are missing. */
	answered: Answered[];
	/** The first failure, where one stops the run. */
	stop?: { itemIndex: number; failure: Failure; invoked: number };
	/** Ends the bookkeeping for n8n's Retry On Fail. */
	close(wantsRetry: boolean): void;
}

/** Takes every item from its parameters to its outcome. */
export async function runItems(
	context: IExecuteFunctions,
	stopsAtFailure: boolean,
): Promise<Results> {
	const ledger = openLedger(context);
	const results: Results = { answered: [], close: ledger.close };
	const cancelSignal = context.getExecutionCancelSignal();
	const isStopped = () => results.stop !== undefined || cancelSignal?.aborted === true;
	const run = await openRun(context, isStopped);
	let invoked = 0;

	async function runJob({ itemIndexes, task }: Job): Promise<Success | Failure> {
		if (!('request' in task)) return task;
		const outcome = await invoke(run, task);
		ledger.record({ itemIndexes, outcome }, task.rules.safeToRepeat);
		invoked += itemIndexes.length;
		return outcome;
	}

	await runBounded(makeJobs(context, ledger), readConcurrency(context), async (job) => {
		const before = invoked;
		const outcome = await runJob(job);
		results.answered.push({ itemIndexes: job.itemIndexes, outcome });
		if (stopsAtFailure && !('kind' in outcome)) {
			results.stop ??= { itemIndex: job.itemIndexes[0], failure: outcome, invoked: before };
		}
		return !isStopped();
	});
	results.answered.sort((a, b) => a.itemIndexes[0] - b.itemIndexes[0]);
	return results;
}
