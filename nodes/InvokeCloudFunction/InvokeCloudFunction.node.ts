import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { invoke, readCredential } from './invoke';
import { parameters } from './parameters';
import { readItem } from './readItem';
import { buildStop } from './stop';
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
		const stored = await readCredential(this);
		const output: INodeExecutionData[] = [];
		let invoked = 0;
		for (const itemIndex of items.keys()) {
			const invocation = readItem(this, itemIndex);
			const outcome = 'request' in invocation ? await invoke(this, stored, invocation) : invocation;
			if ('kind' in outcome) {
				const simplify = this.getNodeParameter('simplify', itemIndex) as boolean;
				output.push(...writeSuccess(outcome, itemIndex, simplify));
			} else if (this.continueOnFail()) {
				output.push(writeFailure(outcome, itemIndex));
			} else {
				throw buildStop(this.getNode(), outcome, { itemIndex, invoked, total: items.length });
			}
			if ('request' in invocation) invoked += 1;
		}
		return [output];
	}
}
