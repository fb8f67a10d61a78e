import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type INodeListSearchResult,
	type INodeParameterResourceLocator,
	type INodeParameters,
	type IWorkflowBase,
} from 'n8n-workflow';
import { InvokeCloudFunction } from '../../../../nodes/InvokeCloudFunction/InvokeCloudFunction.node';
import type { CredentialStore } from '../../../engine/core/credentialsHelper';
import { CREDENTIAL_ID } from '../../../engine/invokeWorkflow';
import { nodeTypes } from '../../../engine/core/nodeTypes';
import { buildAdditionalData } from '../../../engine/core/runWorkflow';

export interface ListStep {
	store: CredentialStore;
	method: 'searchEnvironments' | 'searchFunctions';
	/** The value of the parameter as the editor sends it. */
	environment?: INodeParameterResourceLocator;
	filter?: string;
	paginationToken?: string;
	/** Without a credential chosen. */
	withoutCredential?: boolean;
}

/** What the editor gets for one of the node's lists, in the context that n8n makes for it. */
export async function openList(step: ListStep): Promise<INodeListSearchResult> {
	const { environment = { __rl: true, mode: 'id', value: 'shop-demo' } } = step;
	const parameters: INodeParameters = {
		environment,
		functionName: { __rl: true, mode: 'list', value: '' },
	};
	const credentials = { weChatCloudFunctionApi: { id: CREDENTIAL_ID, name: 'Shop' } };
	const workflow = new Workflow({
		nodes: [
			{
				id: 'list',
				name: 'Temp-Node',
				type: 'n8n-nodes-wechat-cloud-function.invokeCloudFunction',
				typeVersion: 1,
				position: [0, 0],
				parameters,
				...(!step.withoutCredential && { credentials }),
			},
		],
		connections: {},
		active: false,
		nodeTypes,
	});
	const additionalData = {
		...buildAdditionalData(step.store, {} as IWorkflowBase),
		currentNodeParameters: parameters,
	};
	const node = workflow.nodes['Temp-Node'];
	const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters.functionName');
	const search = new InvokeCloudFunction().methods.listSearch[step.method];
	return await search.call(context, step.filter, step.paginationToken);
}

/** The names of what a list shows. */
export async function listNames(step: ListStep): Promise<string[]> {
	return (await openList(step)).results.map(({ name }) => name);
}
