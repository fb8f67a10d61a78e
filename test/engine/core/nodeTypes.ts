import {
	NodeConnectionTypes,
	NodeHelpers,
	type IDataObject,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';
import { InvokeCloudFunction } from '../../../nodes/InvokeCloudFunction/InvokeCloudFunction.node';
import { WeChatOpenPlatform } from '../../../nodes/WeChatOpenPlatform/WeChatOpenPlatform.node';
import { callingAgent, engineAgent } from './agent';

/** Passes its input on. Stands for a trigger, and for whatever follows a branch. */
const passThrough: INodeType = {
	description: {
		displayName: 'Pass Through',
		name: 'passThrough',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Pass Through' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		return [this.getInputData().map((item, i) => ({ ...item, pairedItem: { item: i } }))];
	},
};

/** Gives each item twice and does not say where from, as some Code and Merge nodes do. */
const untraced: INodeType = {
	description: { ...passThrough.description, name: 'untraced' },
	async execute(this: IExecuteFunctions) {
		const items = this.getInputData();
		return [[...items, ...items].map(({ json }) => ({ json }))];
	},
};

/** Evaluates one expression per item, as Edit Fields does: shows whether items can be traced back. */
const evaluate: INodeType = {
	description: {
		...passThrough.description,
		name: 'evaluate',
		properties: [{ displayName: 'Value', name: 'value', type: 'string', default: '' }],
	},
	async execute(this: IExecuteFunctions) {
		return [
			this.getInputData().map((_, i) => ({
				json: { value: this.getNodeParameter('value', i) } as IDataObject,
				pairedItem: { item: i },
			})),
		];
	},
};

const invoke = new InvokeCloudFunction();

/** What n8n makes of a node that is usable as a tool. */
const invokeTool: INodeType = Object.create(invoke, {
	description: {
		value: {
			...invoke.description,
			name: `${invoke.description.name}Tool`,
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
		},
	},
}) as INodeType;

const known: Record<string, INodeType> = {
	'test.passThrough': passThrough,
	'test.evaluate': evaluate,
	'test.untraced': untraced,
	'n8n-nodes-wechat-cloud-function.invokeCloudFunction': invoke,
	'n8n-nodes-wechat-cloud-function.invokeCloudFunctionTool': invokeTool,
	'test.engineAgent': engineAgent,
	'test.callingAgent': callingAgent,
	'n8n-nodes-wechat-cloud-function.weChatOpenPlatform': new WeChatOpenPlatform(),
};

export const nodeTypes: INodeTypes = {
	getByName: (type): INodeType | IVersionedNodeType => known[type],
	getByNameAndVersion: (type, version) => NodeHelpers.getVersionedNodeType(known[type], version),
	getKnownTypes: () => ({}),
};
