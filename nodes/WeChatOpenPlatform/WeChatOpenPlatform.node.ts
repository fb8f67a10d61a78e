import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { buildNodeError } from '../nodeError';
import { openProvider } from './ask';
import { describePlatformFailure, type PlatformFailure } from './failure';
import { OPERATIONS } from './operations';
import { parameters, type Operation } from './parameters';

export class WeChatOpenPlatform implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeChat Open Platform',
		name: 'weChatOpenPlatform',
		icon: { light: 'file:weChatOpenPlatform.svg', dark: 'file:weChatOpenPlatform.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: "Manage the customers of a WeChat service provider's platform",
		defaults: { name: 'WeChat Open Platform' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		// Its items hold refresh tokens, which no model is to see.
		usableAsTool: undefined,
		credentials: [{ name: 'weChatCloudFunctionApi', required: true }],
		properties: parameters,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		for (const itemIndex of this.getInputData().keys()) {
			const done = await runItem(this, itemIndex);
			if (!Array.isArray(done) && !this.continueOnFail()) {
				throw buildNodeError(this.getNode(), { ...done, description: done.hint, itemIndex });
			}
			const found = Array.isArray(done) ? done : [{ error: { ...done } }];
			for (const json of found) output.push({ json, pairedItem: { item: itemIndex } });
		}
		return [output];
	}
}

/** The json of the items that come of one input item, or why none do. */
async function runItem(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<IDataObject[] | PlatformFailure> {
	const provider = await openProvider(context, itemIndex);
	if (provider.kind === 'failed') return describePlatformFailure(provider, []);
	const operation = context.getNodeParameter('operation', itemIndex) as Operation;
	const done = await OPERATIONS[operation](context, itemIndex, provider);
	return Array.isArray(done) ? done : describePlatformFailure(done, provider.listSecrets());
}
