import type { IExecuteFunctions } from 'n8n-workflow';
import type { Failure } from '../../wechat/failure';
import type { Success } from '../../wechat/outcome';
import { invoke, openRun } from './invoke';
import { openLedger } from './ledger';
import { readConcurrency } from './options';
import { readItem } from './readItem';
import { runBounded } from './runBounded';

export interface Results {
	/** By item, empty where the run was stopped before. */
	outcomes: Array<Success | Failure>;
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
	const results: Results = { outcomes: [], close: ledger.close };
	const cancelSignal = context.getExecutionCancelSignal();
	const isStopped = () => results.stop !== undefined || cancelSignal?.aborted === true;
	const run = await openRun(context, isStopped);
	let invoked = 0;

	async function runItem(itemIndex: number): Promise<Success | Failure> {
		const earlier = ledger.recall(itemIndex);
		if (earlier !== undefined) return earlier;
		const invocation = readItem(context, itemIndex);
		if (!('request' in invocation)) return invocation;
		const outcome = await invoke(run, invocation);
		ledger.record(itemIndex, outcome, invocation.rules.safeToRepeat);
		invoked += 1;
		return outcome;
	}

	await runBounded(context.getInputData().length, readConcurrency(context), async (itemIndex) => {
		const before = invoked;
		const outcome = await runItem(itemIndex);
		results.outcomes[itemIndex] = outcome;
		if (stopsAtFailure && !('kind' in outcome)) {
			results.stop ??= { itemIndex, failure: outcome, invoked: before };
		}
		return !isStopped();
	});
	return results;
}
