import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { NodeInput } from '../input/nodeInput';
import { dropOwnFailure } from '../input/requestData';
import type { RunRules } from '../input/rules';
import type { Answered } from '../run/job';
import { BRANCHES, chooseBranch, type Branch } from './branches';
import { writeBranchItem, writeFailure, writeSuccess } from './writeItems';

/** The items of all outputs, each in the order of the input. */
export function writeOutputs(
	{ items, isTool }: Pick<NodeInput, 'items' | 'isTool'>,
	answered: Answered[],
	{ byCategory, includeInputFields }: Pick<RunRules, 'byCategory' | 'includeInputFields'>,
): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = byCategory ? BRANCHES.map(() => []) : [[]];
	const put = (branch: Branch, written: INodeExecutionData[]) => {
		const output = outputs[byCategory ? BRANCHES.indexOf(branch) : 0];
		for (const item of written) output.push(item);
	};
	for (const { itemIndexes, outcome, call, binaries } of answered) {
		if (outcome.kind === 'success') {
			const fields = includeInputFields
				? itemIndexes.map((i) => dropOwnFailure(readFields(items[i])))
				: undefined;
			const simplify = call?.rules.simplify !== false;
			const written = writeSuccess(outcome, { indexes: itemIndexes, fields }, simplify);
			put('Success', binaries === undefined ? written : addBinaries(written, binaries));
		} else if (byCategory) {
			const written = itemIndexes.map((i) => writeBranchItem(outcome, i, readFields(items[i])));
			put(chooseBranch(outcome), written);
		} else {
			put(
				'Success',
				itemIndexes.map((i) => writeFailure(outcome, i)),
			);
		}
	}
	for (const output of outputs) output.sort((a, b) => findInput(a) - findInput(b));
	// No item at all would reach an agent as an empty text.
	if (isTool && outputs[0].length === 0) {
		outputs[0].push({ json: { result: [] }, pairedItem: { item: 0 } });
	}
	return outputs;
}

/** An item may come without json. */
function readFields({ json }: Partial<INodeExecutionData>): IDataObject {
	return json ?? {};
}

/** An item without files has no binary data. */
function addBinaries(
	items: INodeExecutionData[],
	binaries: readonly IBinaryKeyData[],
): INodeExecutionData[] {
	return items.map((item, i) => {
		const binary = binaries[i] ?? {};
		return Object.keys(binary).length === 0 ? item : { ...item, binary };
	});
}

/** The first input item that an item comes from. */
function findInput({ pairedItem }: INodeExecutionData): number {
	const first = Array.isArray(pairedItem) ? pairedItem[0] : (pairedItem ?? 0);
	return typeof first === 'number' ? first : first.item;
}
