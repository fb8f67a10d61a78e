import type { StoredWorkflow } from '../../../../n8n/commands';
import { buildNode, nameFunction } from './nodes';

export interface RowsWorkflow {
	/** Must hold a digit: n8n's `execute-batch` wants it so. */
	id: string;
	credentialId: string;
	rows: unknown[];
	/** Node parameters over the defaults; `environment` and `functionName` as plain text. */
	parameters?: Record<string, unknown>;
	onError?: 'stopWorkflow' | 'continueErrorOutput' | 'continueRegularOutput';
	/** Fields of the node itself, such as retryOnFail. */
	node?: object;
}

/** Manual Trigger -> the rows as items -> Invoke -> "Success" and "Error". */
export function buildRowsWorkflow(step: RowsWorkflow): StoredWorkflow {
	const { environment = 'shop-demo', functionName = 'echo', ...others } = step.parameters ?? {};
	const to = (name: string) => ({ node: name, type: 'main', index: 0 });
	return {
		id: step.id,
		name: step.id,
		settings: { executionOrder: 'v1' },
		nodes: [
			buildNode('Start', 'n8n-nodes-base.manualTrigger', 1),
			buildNode('Table', 'n8n-nodes-base.set', 3.4, {
				parameters: { mode: 'raw', jsonOutput: JSON.stringify({ rows: step.rows }), options: {} },
			}),
			buildNode('Rows', 'n8n-nodes-base.splitOut', 1, { parameters: { fieldToSplitOut: 'rows' } }),
			buildNode('Invoke', 'n8n-nodes-wechat-cloud-function.invokeCloudFunction', 1, {
				...step.node,
				onError: step.onError ?? 'continueErrorOutput',
				credentials: { weChatCloudFunctionApi: { id: step.credentialId, name: step.credentialId } },
				parameters: {
					...nameFunction(functionName, environment),
					...others,
				},
			}),
			buildNode('Success', 'n8n-nodes-base.noOp', 1),
			buildNode('Error', 'n8n-nodes-base.noOp', 1),
		],
		connections: {
			Start: { main: [[to('Table')]] },
			Table: { main: [[to('Rows')]] },
			Rows: { main: [[to('Invoke')]] },
			Invoke: { main: [[to('Success')], [to('Error')]] },
		},
	};
}
