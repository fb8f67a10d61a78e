import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	type INodeExecutionData,
	type IRun,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { TestCredentialsHelper, type CredentialStore } from './credentialsHelper';
import { nodeTypes } from './nodeTypes';

export type WorkflowJson = Pick<IWorkflowBase, 'nodes' | 'connections' | 'settings'>;

/** Anything the engine asks for that is not prepared here is an error, not a silent undefined. */
export function buildAdditionalData(
	store: CredentialStore,
	workflow: IWorkflowBase,
): IWorkflowExecuteAdditionalData {
	const base = 'http://127.0.0.1:1';
	const prepared: Partial<IWorkflowExecuteAdditionalData> = {
		credentialsHelper: new TestCredentialsHelper(store),
		hooks: new ExecutionLifecycleHooks('manual', '1', workflow),
		executionId: '1',
		variables: {},
		currentNodeExecutionIndex: 0,
		restApiUrl: base,
		instanceBaseUrl: base,
		formBaseUrl: base,
		formWaitingBaseUrl: base,
		formTestBaseUrl: base,
		webhookBaseUrl: base,
		webhookWaitingBaseUrl: base,
		webhookTestBaseUrl: base,
	};
	return prepared as IWorkflowExecuteAdditionalData;
}

/** A workflow as one process of n8n has it. */
export function openWorkflow(
	json: WorkflowJson,
	store: CredentialStore,
	prepared: Partial<IWorkflowExecuteAdditionalData> = {},
) {
	const base: IWorkflowBase = {
		id: 'test',
		name: 'test',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		...json,
	};
	const workflow = new Workflow({ ...base, nodeTypes });
	return { workflow, additionalData: { ...buildAdditionalData(store, base), ...prepared } };
}

/**
 * Runs a workflow's JSON on n8n's own engine, with these items coming out of its first node.
 * @param onStart gets what the editor's Stop button does
 * @param prepared what else the engine finds, over what every run finds
 */
export async function runWorkflow(
	{ nodes, connections, settings }: WorkflowJson,
	items: INodeExecutionData[],
	store: CredentialStore,
	onStart: (stop: () => void) => void = () => {},
	prepared: Partial<IWorkflowExecuteAdditionalData> = {},
): Promise<IRun> {
	const { workflow, additionalData } = openWorkflow(
		{ nodes, connections, settings },
		store,
		prepared,
	);
	const run = new WorkflowExecute(additionalData, 'manual').run({
		workflow,
		startNode: workflow.getNode(nodes[0].name) ?? undefined,
		triggerToStartFrom: {
			name: nodes[0].name,
			data: { data: { main: [items] } } as never,
		},
	});
	onStart(() => run.cancel());
	return await run;
}

/** The json of every item that arrived at a node, [] if it was not reached. */
export function itemsAt(run: IRun, nodeName: string): unknown[] {
	const task = run.data.resultData.runData[nodeName]?.[0];
	return (task?.data?.main[0] ?? []).map(({ json }) => json);
}
