import type { INodeExecutionData } from 'n8n-workflow';
import { BRANCHES } from './branches';
import { addHint, type NodeInput } from '../input/nodeInput';
import { listNotes } from '../input/notes';
import type { RunRules } from '../input/rules';
import type { Results } from '../run/runItems';

/** Tells, once per run, what the output alone does not show: items that went where nobody looks. */
export function addRunHints(
	input: NodeInput,
	results: Results,
	{ byCategory }: RunRules,
	outputs: INodeExecutionData[][],
): void {
	const messages = [
		describeArrays(input, results),
		byCategory ? describeBranches(outputs) : undefined,
		...listNotes(input.notes),
	];
	for (const message of messages) {
		if (message !== undefined) addHint(input.context, message);
	}
}

/** An empty array leaves no item, and an array that does not fit its batch can't be matched to its items. */
function describeArrays({ read }: NodeInput, { answered }: Results): string | undefined {
	let withoutOutput = 0;
	let unmatched = 0;
	for (const { itemIndexes, outcome } of answered) {
		if (outcome.kind === 'failure' || !Array.isArray(outcome.result)) continue;
		if (read('simplify', itemIndexes[0], true) !== true) continue;
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

function describeBranches(outputs: INodeExecutionData[][]): string | undefined {
	const failed = BRANCHES.map((branch, i) => ({ branch, items: outputs[i].length })).filter(
		({ branch, items }) => branch !== 'Success' && items > 0,
	);
	if (failed.length === 0) return undefined;
	const list = failed.map(({ branch, items }) => `${branch} (${items})`).join(', ');
	return `Items failed and left through: ${list}. Connect these outputs: items that leave through one with nothing connected go no further.`;
}

function count(n: number, singular: string, plural = `${singular}s`): string {
	return `${n} ${n === 1 ? singular : plural}`;
}
