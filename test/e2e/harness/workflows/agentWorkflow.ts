import type { StoredWorkflow } from '../../../../n8n/commands';
import type { Json } from '../../../../n8n/execution';
import { buildNode, nameFunction } from './nodes';

export const MODEL_CREDENTIAL = 'model';

export interface AgentWorkflow {
	/** Must hold a digit: n8n's `execute-batch` wants it so. */
	id: string;
	/** What the user says. */
	prompt: string;
	credentialId: string;
	/** Parameters of the tool, over a function name and JSON given by the model. */
	parameters?: object;
	/** Of the agent: 3 lets n8n run the tool, 2.2 calls it by itself. */
	agentVersion?: number;
	/** Fields of the tool itself, such as onError. */
	node?: object;
}

export const fromAi = (key: string, description: string, type = 'string') =>
	`={{ $fromAI('${key}', '${description}', '${type}') }}`;

/** Manual Trigger -> AI Agent with a chat model and Invoke Cloud Function as its tool. */
export function buildAgentWorkflow(step: AgentWorkflow): StoredWorkflow {
	const to = (type: string) => ({ [type]: [[{ node: 'AI Agent', type, index: 0 }]] });
	return {
		id: step.id,
		name: step.id,
		settings: { executionOrder: 'v1' },
		nodes: [
			buildNode('Start', 'n8n-nodes-base.manualTrigger', 1),
			buildNode('AI Agent', '@n8n/n8n-nodes-langchain.agent', step.agentVersion ?? 3, {
				parameters: { promptType: 'define', text: step.prompt, options: {} },
			}),
			buildModel('Model'),
			buildNode('Call a Function', 'n8n-nodes-wechat-cloud-function.invokeCloudFunctionTool', 1, {
				credentials: { weChatCloudFunctionApi: { id: step.credentialId, name: step.credentialId } },
				parameters: {
					toolDescription: 'Calls a function of the shop',
					...nameFunction(fromAi('functionName', 'Which function')),
					requestData: 'json',
					requestJson: fromAi('data', 'What the function gets', 'json'),
					...step.parameters,
				},
				...step.node,
			}),
		],
		connections: {
			Start: to('main'),
			Model: to('ai_languageModel'),
			'Call a Function': to('ai_tool'),
		},
	};
}

/** A chat model that asks the stand-in. */
export function buildModel(name: string) {
	return buildNode(name, '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3, {
		credentials: { openAiApi: { id: MODEL_CREDENTIAL, name: MODEL_CREDENTIAL } },
		parameters: {
			model: { __rl: true, mode: 'id', value: 'example-model' },
			responsesApiEnabled: false,
			options: { maxRetries: 0 },
		},
	});
}

/** The form of n8n's import for the stand-in's credential. */
export function modelCredential(modelUrl: string) {
	return {
		id: MODEL_CREDENTIAL,
		name: MODEL_CREDENTIAL,
		type: 'openAiApi',
		data: { apiKey: 'example-dummy-key', url: modelUrl, header: false },
	};
}

/** The example, asked without its chat: `n8n execute` starts no chat. */
export function askExample(example: StoredWorkflow, id: string, prompt: string): StoredWorkflow {
	const replaced: Record<string, Json> = {
		'When Chat Message Received': { type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
		'OpenAI Chat Model': buildModel('OpenAI Chat Model'),
	};
	const nodes = example.nodes.map((node): Json => {
		if (node.name !== 'AI Agent') return { ...node, ...replaced[String(node.name)] };
		return {
			...node,
			parameters: { ...(node.parameters as Json), promptType: 'define', text: prompt },
		};
	});
	return { ...example, id, nodes };
}
