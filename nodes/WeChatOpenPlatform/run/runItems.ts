import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { buildNodeError } from '../../nodeError';
import { describePlatformFailure, STOPPED, UNEXPECTED, type PlatformFailure } from './failure';
import { readJobs, type Job } from './jobs';
import { openLedger } from './ledger';

/** What came of an input item: the json of the items it becomes. */
export interface Done {
	kind: 'done';
	found: IDataObject[];
}

/**
 * Does what the node is set to, for one item after the other; an authorization code is good once, so what
 * it has bought must come out, whatever becomes of other items.
 * @throws NodeApiError for the first failure, where the workflow is to stop on one
 */
export async function runItems(context: IExecuteFunctions): Promise<Array<Done | PlatformFailure>> {
	const jobs = await readJobs(context);
	const ledger = openLedger(context);
	const isToStop = !context.continueOnFail();
	// Where it is known already that the workflow will stop, no code is used up.
	const broken = jobs.findIndex((job) => job.kind === 'failure');
	if (isToStop && broken !== -1) throwFailure(jobs[broken] as PlatformFailure, broken, 0);

	const results: Array<Done | PlatformFailure> = [];
	for (const [itemIndex, job] of jobs.entries()) {
		const earlier = ledger.get(itemIndex);
		const result = earlier ? { kind: 'done' as const, found: earlier } : await runJob(context, job);
		if (result.kind === 'done') ledger.set(itemIndex, result.found);
		else if (isToStop) throwFailure(result, itemIndex, itemIndex);
		results.push(result);
	}
	return results;

	function throwFailure(failure: PlatformFailure, itemIndex: number, doneCount: number): never {
		const progress =
			doneCount === 0
				? ''
				: ` Of ${jobs.length} items ${doneCount} had been done before, and what came of them is not in the output: an authorization code among them is used up, and its customer is found by Get Many Authorizations.`;
		const description = `${failure.hint}${progress}`;
		throw buildNodeError(context.getNode(), { ...failure, description, itemIndex });
	}
}

async function runJob(
	context: IExecuteFunctions,
	job: Job | PlatformFailure,
): Promise<Done | PlatformFailure> {
	if (job.kind === 'failure') return job;
	if (context.getExecutionCancelSignal()?.aborted) return describePlatformFailure(STOPPED, []);
	try {
		const done = await job.operate(job.provider);
		if (Array.isArray(done)) return { kind: 'done', found: done };
		return describePlatformFailure(done, job.provider.listSecrets());
	} catch {
		return describePlatformFailure(UNEXPECTED, []);
	}
}
