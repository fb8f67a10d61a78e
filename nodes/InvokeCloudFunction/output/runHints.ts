import type { INode, INodeExecutionData } from 'n8n-workflow';
import { addHint, type NodeInput } from '../input/nodeInput';
import { listNotes } from '../input/notes';
import type { RunRules } from '../input/rules';
import type { Answered } from '../run/job';
import type { Learned } from '../run/limits/limiter';
import { advise, type Settled } from '../run/limits/limits';
import type { Results } from '../run/runItems';
import { BRANCHES } from './branches';

/** Tells, once per run, what the output alone does not show: items that went where nobody looks. */
export function addRunHints(
	{ context, node, notes }: NodeInput,
	{ answered, settled }: Results,
	{ byCategory }: RunRules,
	outputs: INodeExecutionData[][],
): void {
	const messages = [
		describeArrays(answered),
		describeSingleResults(answered),
		describeDamaged(answered),
		describeLimits(settled),
		...listNotes(notes),
		byCategory ? describeBranches(node, outputs) : undefined,
	];
	for (const message of messages) {
		if (message !== undefined) addHint(context, message);
	}
}

/** An empty array leaves no item, and an array that does not fit its batch can't be matched to its items. */
function describeArrays(answered: Answered[]): string | undefined {
	let withoutOutput = 0;
	let unmatched = 0;
	for (const { itemIndexes, outcome, call } of answered) {
		if (outcome.kind === 'failure' || !Array.isArray(outcome.result)) continue;
		if (call?.rules.simplify === false) continue;
		if (outcome.result.length === 0) withoutOutput += itemIndexes.length;
		else if (itemIndexes.length > 1 && outcome.result.length !== itemIndexes.length) unmatched++;
	}
	if (withoutOutput > 0) {
		return `The function returned an empty array for ${count(withoutOutput, 'input item')}, so nothing came out there. Turn off Simplify to get one item for each call.`;
	}
	if (unmatched > 0) {
		return `For ${count(unmatched, 'batch', 'batches')} the function returned an array of another length than the batch, so its elements belong to the whole batch and not to one input item each.`;
	}
	return undefined;
}

function describeSingleResults(answered: Answered[]): string | undefined {
	const single = answered.filter(
		({ itemIndexes, outcome }) =>
			itemIndexes.length > 1 &&
			outcome.kind === 'success' &&
			outcome.scheduledFor === undefined &&
			!Array.isArray(outcome.result),
	);
	if (single.length === 0) return undefined;
	const items = single.reduce((sum, { itemIndexes }) => sum + itemIndexes.length, 0);
	return `Invoke is Once per Batch: ${count(single.length, 'result')} came for ${count(items, 'item')}. Let the function return an array with one entry for each item, in their order, to get one result each.`;
}

function describeDamaged(answered: Answered[]): string | undefined {
	const damaged = answered.filter(({ outcome }) => outcome.kind === 'success' && outcome.isDamaged);
	if (damaged.length === 0) return undefined;
	return `${count(damaged.length, 'result')} began like JSON but could not be read as JSON, so the text came out as it was. Let the function return an object, or look for what cut the text off.`;
}

function describeLimits(settled: Settled[]): string | undefined {
	if (settled.length === 0) return undefined;
	const sentences = settled.slice(0, MOST_NAMED).map(({ environment, part, learned }) => {
		const advice = advise(learned) ?? '';
		const what = part === 'functions' ? 'The environment' : 'Cloud storage of the environment';
		return `${what} "${environment}" ${describeLearned(learned)}. ${advice}`.trim();
	});
	return `Calls were refused by limits and made again. ${sentences.join(' ')}`;
}

const MOST_NAMED = 5;

function describeLearned({ perTime, atOnce }: Learned): string {
	if (perTime !== undefined) {
		const seconds = Math.max(Math.round(perTime.windowMs / 1000), 1);
		return `took about ${count(perTime.calls, 'call')} in ${count(seconds, 'second')}`;
	}
	return atOnce === undefined
		? 'was full for a moment'
		: `took about ${count(atOnce, 'call')} at once`;
}

function describeBranches({ onError }: INode, outputs: INodeExecutionData[][]): string | undefined {
	const failed = BRANCHES.map((branch, i) => ({ branch, items: outputs[i].length })).filter(
		({ branch, items }) => branch !== 'Success' && items > 0,
	);
	if (failed.length === 0) return undefined;
	const list = failed.map(({ branch, items }) => `${branch} (${items})`).join(', ');
	// n8n adds an output for errors by itself where On Error asks for one.
	const dead =
		onError === 'continueErrorOutput'
			? ' The last output, Error, stays empty: set On Error to Stop Workflow in the settings of the node to be rid of it; failed items leave by category all the same.'
			: '';
	return `Items failed and left through: ${list}. Connect these outputs: items that leave through one with nothing connected go no further.${dead}`;
}

function count(n: number, singular: string, plural = `${singular}s`): string {
	return `${n} ${n === 1 ? singular : plural}`;
}
