import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { Failed } from '../../../wechat/answer/envelope';
import type { Operate } from '../operations/operation';
import { openProvider, type Provider } from '../operations/provider';
import { findLabel, OPERATIONS } from '../parameters';
import {
	describePlatformFailure,
	explainUnreadable,
	UNEXPECTED,
	type PlatformFailure,
} from './failure';

/** What one item asks for, all of it read. */
export interface Job {
	kind: 'job';
	provider: Provider;
	operate: Operate;
}

/**
 * Reads the parameters and the credential for each item. Nothing has been sent by then, and what fails
 * fails for its item alone.
 */
export async function readJobs(context: IExecuteFunctions): Promise<Array<Job | PlatformFailure>> {
	const jobs: Array<Job | PlatformFailure> = [];
	for (const itemIndex of context.getInputData().keys()) {
		jobs.push(await readJob(context, itemIndex));
	}
	return jobs;
}

async function readJob(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<Job | PlatformFailure> {
	let unreadable: Failed | undefined;
	const read = (name: string): unknown => {
		try {
			return context.getNodeParameter(name, itemIndex);
		} catch (error) {
			unreadable = explainUnreadable(findLabel(name), error);
			throw new NodeOperationError(context.getNode(), error as Error);
		}
	};
	try {
		const operation = OPERATIONS.find(({ entry }) => entry.value === read('operation'));
		const operate = operation?.prepare(read) ?? UNEXPECTED;
		if (typeof operate !== 'function') return describePlatformFailure(operate, []);
		const provider = await openProvider(context, itemIndex);
		if (provider.kind === 'failed') return describePlatformFailure(provider, []);
		return { kind: 'job', provider, operate };
	} catch {
		return describePlatformFailure(unreadable ?? UNEXPECTED, []);
	}
}
