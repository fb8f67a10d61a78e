import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type INode,
	type INodeProperties,
	type INodeType,
	type IWorkflowBase,
	type INodeTypes,
} from 'n8n-workflow';
import { WeChatCloudFunctionApi } from '../../../credentials/WeChatCloudFunctionApi.credentials';
import type { CredentialStore } from './credentialsHelper';
import { CREDENTIAL_ID } from '../invokeWorkflow';
import { buildAdditionalData } from './runWorkflow';

const TYPE = 'weChatCloudFunctionApi';
const credential = new WeChatCloudFunctionApi();

/**
 * What the button Test of the stored credential says; '' where it is green. Written after n8n 2.41.1,
 * dist/services/credentials-tester.service.js.
 */
export async function testCredential(store: CredentialStore): Promise<string> {
	const { request } = credential.test;
	const { node, type, context, data } = open(store, [
		{
			displayName: 'Temp',
			name: 'temp',
			type: 'string',
			routing: { request: request as never },
			default: '',
		},
	]);
	const decrypted = { id: CREDENTIAL_ID, name: 'Shop', type: TYPE, data };
	const routing = new RoutingNode(context, type, decrypted);
	try {
		const output = await routing.runNode();
		const answer = output?.[0][0].json ?? {};
		const broken = credential.test.rules?.find(
			({ properties }) => 'key' in properties && answer[properties.key] === properties.value,
		);
		return broken?.properties.message ?? '';
	} catch (error) {
		return `${node.name}: ${(error as Error).message}`;
	}
}

/** What a node that knows nothing of this package, such as HTTP Request, gets with the credential. */
export async function requestWithCredential(
	store: CredentialStore,
	options: IHttpRequestOptions,
): Promise<unknown> {
	const { context } = open(store, []);
	return await context.helpers.httpRequestWithAuthentication.call(context, TYPE, options);
}

function open(store: CredentialStore, properties: INodeProperties[]) {
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'test.request',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [TYPE]: { id: CREDENTIAL_ID, name: 'Shop' } },
	};
	const type: INodeType = {
		description: {
			displayName: 'Request',
			name: 'request',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: {},
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: TYPE, required: true }],
			properties,
		},
	};
	const nodeTypes: INodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = buildAdditionalData(store, {} as IWorkflowBase);
	const context = new ExecuteContext(
		workflow,
		workflow.nodes[node.name],
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const data: ICredentialDataDecryptedObject = { ...store.get(CREDENTIAL_ID) };
	return { node, type, context, data };
}
