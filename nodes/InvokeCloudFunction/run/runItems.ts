import type { Target } from '../../../wechat/invoke/target';
import type { Failure } from '../../../wechat/outcome/failure';
import type { NodeInput } from '../input/nodeInput';
import type { RunRules } from '../input/rules';
import { refuseRest, requireOneCall } from '../callback/oneCall';
import { openAccounts } from './accounts';
import { describeSurprise } from './answered';
import { openBatches } from './batches';
import {
	hasFilesToFetch,
	hasFilesToSend,
	openTransfers,
	type NamesFiles,
} from '../files/transfers';
import { listItems, type Answered, type Invocation, type Job } from './job';
import { openLedger } from './ledger';
import { openLimits, type Settled } from './limits/limits';
import { makeJobs } from './makeJobs';
import { createPace } from './limits/pace';
import { runBounded, type StepAside } from './runBounded';
import { waitUntilCancelled } from './wait';

export interface Results {
	/** Items that were not sent before a stop are missing. */
	answered: Answered[];
	/** The first failure, where one stops the run. */
	stop?: { itemIndex: number; failure: Failure };
	/** What the run settled on where limits refused its calls. */
	settled: Settled[];
}

/** Takes every item from its parameters to its outcome. */
export async function runItems(input: NodeInput, runRules: RunRules): Promise<Results> {
	const { context } = input;
	const { concurrency, requestsPerSecond, credentialPerItem } = runRules;
	const cancelSignal = context.getExecutionCancelSignal();
	const results: Results = { answered: [], settled: [] };
	const isStopped = () => results.stop !== undefined || cancelSignal?.aborted === true;
	const limits = openLimits(concurrency, isStopped);
	const pace = createPace(requestsPerSecond, isStopped);
	const run = { context, limits, pace, isStopped };
	const invokeInParts = openBatches(run);
	const ledger = openLedger(input);
	const transfers = openTransfers(run, concurrency, ledger.sentFiles);

	function take(answered: Answered): void {
		for (const one of addEarlier(answered)) takeOne(one);
	}

	/** What ran in an earlier try of n8n's Retry On Fail has run, whatever keeps it back now. */
	function addEarlier(answered: Answered): Answered[] {
		const { outcome, itemIndexes } = answered;
		if (outcome.kind === 'success' || outcome.mayHaveRun) return [answered];
		const ran = itemIndexes.flatMap(findEarlier);
		const rest = itemIndexes.filter((itemIndex) => ledger.find(itemIndex) === undefined);
		return rest.length > 0 ? [{ ...answered, itemIndexes: rest }, ...ran] : ran;
	}

	function findEarlier(itemIndex: number): Answered[] {
		const earlier = ledger.find(itemIndex);
		return earlier ? [{ ...earlier, itemIndexes: [itemIndex] }] : [];
	}

	function takeOne(answered: Answered): void {
		const { outcome, itemIndexes } = answered;
		results.answered.push(answered);
		if (outcome.kind === 'failure' && stopsRun(outcome)) {
			results.stop ??= { itemIndex: itemIndexes[0], failure: outcome };
		}
	}

	/** An agent's tool that throws is called again by n8n's Retry On Fail, whatever the ledger says. */
	function stopsRun({ mayHaveRun }: Failure): boolean {
		return runRules.stopsAtFailure && !(input.isTool && mayHaveRun);
	}

	async function work(job: Job, stepAside: StepAside): Promise<boolean> {
		if (job.kind === 'invocation') await call(job, stepAside);
		// What an earlier try came to has its files to fetch as well.
		else if (hasFilesToFetch(job)) await finish(job, stepAside);
		else take(job);
		return !isStopped();
	}

	/** Of items that have no outcome yet. */
	function takeSurprise(target: Target, indexes: number[], attempts: number): void {
		const known = listKnown();
		const outcome = describeSurprise(target, attempts);
		for (const itemIndex of indexes) {
			if (!known.has(itemIndex)) take({ kind: 'answered', itemIndexes: [itemIndex], outcome });
		}
	}

	function listKnown(): Set<number> {
		return new Set(results.answered.flatMap(({ itemIndexes }) => itemIndexes));
	}

	/** Never throws. */
	async function call(job: Invocation, stepAside: StepAside): Promise<void> {
		// Once the calls have begun, nobody knows how far they had come.
		let attempts = 0;
		try {
			const { ready, failures } = hasFilesToSend(job)
				? await transfers.send(job, stepAside)
				: { ready: job, failures: [] };
			failures.forEach(take);
			if (ready === undefined || isStopped()) return;
			if (ready.callback !== undefined && failures.length > 0) {
				take(refuseRest(ready));
				return;
			}
			const finishing: Array<Promise<void>> = [];
			attempts = 1;
			await invokeInParts(ready, stepAside, (answered) => {
				ledger.record(answered);
				if (hasFilesToFetch(answered)) finishing.push(finish(answered, stepAside));
				else take(answered);
			});
			if (finishing.length > 0) await Promise.all(finishing);
		} catch {
			takeSurprise(job.target, listItems(job), attempts);
		}
	}

	/** Never throws: others are being finished at the same time. */
	async function finish(answered: NamesFiles, stepAside: StepAside): Promise<void> {
		const { itemIndexes, call: made } = answered;
		try {
			for (const finished of await transfers.fetch(answered, stepAside)) take(finished);
		} catch {
			takeSurprise(made.target, itemIndexes, made.attempts);
		}
	}

	const made = makeJobs(input, runRules, ledger, openAccounts(context, credentialPerItem));
	const jobs = runRules.callback === undefined ? made : requireOneCall(made);
	await waitUntilCancelled(runBounded(jobs, concurrency, work), cancelSignal);
	results.settled = limits.close();
	if (results.stop !== undefined) {
		const known = listKnown();
		const unreached = [...input.items.keys()].filter((itemIndex) => !known.has(itemIndex));
		results.answered.push(...unreached.flatMap(findEarlier));
	}
	return results;
}
