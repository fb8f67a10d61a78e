import type { INode, IRun } from 'n8n-workflow';
import { CREDENTIAL_ID } from './invokeWorkflow';
import type { CredentialStore } from './core/credentialsHelper';
import { itemsAt, runWorkflow } from './core/runWorkflow';

/** `engineAgent`: n8n runs the tool for the agent; `callingAgent`: the agent calls the tool itself. */
export type Agent = 'engineAgent' | 'callingAgent';

export interface ToolStep {
	store: CredentialStore;
	/** What the model gives for each of its calls: `functionName` and `data`. */
	calls: object[];
	parameters?: object;
	node?: Partial<INode>;
}

/** What the model fills in. */
export function fromAi(key: string, type = 'string'): string {
	return `={{ $fromAI('${key}', 'what it is', '${type}') }}`;
}

/** Runs a workflow whose agent holds Invoke Cloud Function as its tool; `read`: what it gets for each call. */
export async function callTool(
	agent: Agent,
	{ store, calls, parameters, node }: ToolStep,
): Promise<{ run: IRun; read: unknown[] }> {
	const run = await runWorkflow(
		{
			nodes: [
				toNode('Chat', 'test.passThrough'),
				toNode('Agent', `test.${agent}`, { calls: JSON.stringify(calls) }),
				{
					...toNode('Invoke', 'n8n-nodes-wechat-cloud-function.invokeCloudFunctionTool', {
						environment: { __rl: true, mode: 'id', value: 'shop-demo' },
						functionName: { __rl: true, mode: 'name', value: fromAi('functionName') },
						requestData: 'json',
						requestJson: fromAi('data', 'json'),
						...parameters,
					}),
					credentials: { weChatCloudFunctionApi: { id: CREDENTIAL_ID, name: 'Shop' } },
					...node,
				},
			],
			settings: { executionOrder: 'v1' },
			connections: {
				Chat: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				Invoke: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
		},
		[{ json: { chatInput: 'What does it cost?' } }],
		store,
	);
	return { run, read: itemsAt(run, 'Agent').map((item) => (item as { read: unknown }).read) };
}

function toNode(name: string, type: string, parameters = {}): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters } as INode;
}
