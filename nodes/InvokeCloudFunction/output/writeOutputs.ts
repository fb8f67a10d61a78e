import type { INodeExecutionData } from 'n8n-workflow';
import { BRANCHES, chooseBranch, type Branch } from './branches';
import type { NodeInput } from '../input/nodeInput';
import type { RunRules } from '../input/rules';
import type { Results } from '../run/runItems';
import { writeBranchItem, writeFailure, writeSuccess } from './writeItems';

/** The items of all outputs, each in the order of the input. */
export function writeOutputs(
	{ items, isTool, read }: NodeInput,
	{ answered }: Results,
	{ byCategory, includeInputFields }: RunRules,
): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = byCategory ? BRANCHES.map(() => []) : [[]];
	const outputOf = (branch: Branch) => outputs[byCategory ? BRANCHES.indexOf(branch) : 0];
	for (const { itemIndexes, outcome } of answered) {
		if (outcome.kind === 'success') {
			const simplify = read('simplify', itemIndexes[0], true) as boolean;
			const fields = includeInputFields ? itemIndexes.map((i) => items[i].json) : undefined;
			const output = outputOf('Success');
			for (const item of writeSuccess(outcome, { indexes: itemIndexes, fields }, simplify)) {
				output.push(item);
			}
			continue;
		}
		const output = outputOf(byCategory ? chooseBranch(outcome) : 'Success');
		for (const i of itemIndexes) {
			output.push(
				byCategory ? writeBranchItem(outcome, i, items[i].json) : writeFailure(outcome, i),
			);
		}
	}
	// No item at all would reach an agent as an empty text.
	if (isTool && outputs[0].length === 0) {
		outputs[0].push({ json: { result: [] }, pairedItem: { item: 0 } });
	}
	return outputs;
}
