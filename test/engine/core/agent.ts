import {
	NodeConnectionTypes,
	type EngineRequest,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

const description: INodeTypeDescription = {
	displayName: 'Agent',
	name: 'agent',
	group: ['transform'],
	version: 1,
	description: '',
	defaults: { name: 'Agent' },
	inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
	outputs: [NodeConnectionTypes.Main],
	properties: [{ displayName: 'Calls', name: 'calls', type: 'json', default: '[]' }],
};

/** Asks n8n's engine to run its tool, as n8n's AI Agent does since version 3; puts out what the model would read. */
export const engineAgent: INodeType = {
	description,
	async execute(
		this: IExecuteFunctions,
		response?: EngineResponse,
	): Promise<INodeExecutionData[][] | EngineRequest> {
		const answers = response?.actionResponses ?? [];
		if (answers.length > 0) {
			return [
				answers.map(({ data }) => ({
					json: { read: (data.data?.ai_tool?.[0] ?? []).map(({ json }) => json) },
					pairedItem: { item: 0 },
				})),
			];
		}
		const calls = JSON.parse(this.getNodeParameter('calls', 0) as string) as IDataObject[];
		return {
			actions: calls.map((input, i) => ({
				actionType: 'ExecutionNodeAction',
				nodeName: 'Invoke',
				input,
				type: NodeConnectionTypes.AiTool,
				id: `call-${i}`,
				metadata: { itemIndex: 0 },
			})),
			metadata: {},
		};
	},
};

interface Tool {
	invoke(input: unknown): Promise<string>;
}

/** Calls its tool itself, as n8n's older agents, its sub-agents and its MCP server do. */
export const callingAgent: INodeType = {
	description,
	async execute(this: IExecuteFunctions) {
		const [tool] = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
		const items: INodeExecutionData[] = [];
		for (const input of JSON.parse(this.getNodeParameter('calls', 0) as string) as IDataObject[]) {
			const read = JSON.parse(await tool.invoke(input)) as IDataObject[];
			items.push({ json: { read }, pairedItem: { item: 0 } });
		}
		return [items];
	},
};
