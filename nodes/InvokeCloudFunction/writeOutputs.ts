import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { BRANCHES, chooseBranch, type Branch } from './branches';
import type { Results } from './runItems';
import { writeBranchItem, writeFailure, writeSuccess } from './writeItems';

/** The items of all outputs, each in the order of the input. */
export function writeOutputs(
	context: IExecuteFunctions,
	{ outcomes }: Results,
	byCategory: boolean,
): INodeExecutionData[][] {
	const items = context.getInputData();
	const outputs: INodeExecutionData[][] = byCategory ? BRANCHES.map(() => []) : [[]];
	const outputOf = (branch: Branch) => outputs[byCategory ? BRANCHES.indexOf(branch) : 0];
	for (const [itemIndex, outcome] of outcomes.entries()) {
		// Not reached, as the execution was stopped.
		if (outcome === undefined) continue;
		if ('kind' in outcome) {
			const simplify = context.getNodeParameter('simplify', itemIndex) as boolean;
			outputOf('Success').push(...writeSuccess(outcome, itemIndex, simplify));
		} else if (byCategory) {
			const item = writeBranchItem(outcome, itemIndex, items[itemIndex].json);
			outputOf(chooseBranch(outcome)).push(item);
		} else {
			outputOf('Success').push(writeFailure(outcome, itemIndex));
		}
	}
	return outputs;
}
