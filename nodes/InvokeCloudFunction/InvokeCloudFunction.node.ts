import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type NodeApiError,
} from 'n8n-workflow';
import { invoke } from './invoke';
import { parameters, readConcurrency } from './parameters';
import { readItem } from './readItem';
import { runBounded } from './runBounded';
import { buildStop } from './stop';
import { openTokenKeeper } from './tokenKeeper';
import { writeFailure, writeSuccess } from './writeItems';

export class InvokeCloudFunction implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Invoke Cloud Function',
		name: 'invokeCloudFunction',
		icon: { light: 'file:invokeCloudFunction.svg', dark: 'file:invokeCloudFunction.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["functionName"]?.value + " · " + $parameter["environment"]?.value }}',
		description: 'Invoke a WeChat CloudBase cloud function and get its result',
		defaults: { name: 'Invoke Cloud Function' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'weChatCloudFunctionApi', required: true }],
		properties: parameters,
	};

	/** input item -> req_data -> invocation -> outcome -> output items */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const keeper = await openTokenKeeper(this);
		const output: INodeExecutionData[][] = [];
		const stops: NodeApiError[] = [];
		let invoked = 0;
		await runBounded(items.length, readConcurrency(this), async (itemIndex) => {
			const invocation = readItem(this, itemIndex);
			const isReady = 'request' in invocation;
			const outcome = isReady ? await invoke(this, keeper, invocation) : invocation;
			if ('kind' in outcome) {
				const simplify = this.getNodeParameter('simplify', itemIndex) as boolean;
				output[itemIndex] = writeSuccess(outcome, itemIndex, simplify);
			} else if (this.continueOnFail()) {
				output[itemIndex] = [writeFailure(outcome, itemIndex)];
			} else {
				const progress = { itemIndex, invoked, total: items.length };
				stops.push(buildStop(this.getNode(), outcome, progress));
			}
			if (isReady) invoked += 1;
			return stops.length === 0;
		});
		if (stops.length > 0) throw stops[0];
		return [output.flat()];
	}
}
