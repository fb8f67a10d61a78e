import { nameFunction } from '../../e2e/harness/workflows/nodes';

/** What the workflow's webhook takes. */
export interface Order {
	functionName: string;
	/** The items, one invocation each. */
	rows: object[];
	/** Takes the node's invocation id; '' leaves it out. */
	idField?: string;
}

const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
});
const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });

/** Webhook -> the rows as items -> Invoke; the webhook's answer holds what came out of the last node. */
export function buildInvokeWorkflow(credential: { id: string; name: string }) {
	const webhook = {
		httpMethod: 'POST',
		path: 'invoke',
		responseMode: 'lastNode',
		responseData: 'allEntries',
		options: {},
	};
	const read = (field: string) => `={{ $('Webhook').first().json.body.${field} }}`;
	const invoke = {
		...nameFunction(read('functionName')),
		options: { concurrency: 5, invocationIdField: read('idField'), timeout: 120_000 },
	};
	return {
		name: 'Invoke',
		settings: { executionOrder: 'v1' },
		nodes: [
			{ ...node('Webhook', 'n8n-nodes-base.webhook', 2, webhook), webhookId: 'invoke' },
			node('Rows', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} }),
			{
				...node('Invoke', 'n8n-nodes-wechat-cloud-function.invokeCloudFunction', 1, invoke),
				credentials: { weChatCloudFunctionApi: credential },
			},
		],
		connections: { Webhook: to('Rows'), Rows: to('Invoke') },
	};
}
