import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { CredentialStore } from './core/credentialsHelper';
import { CREDENTIAL_ID, type FailedItem, type OnError } from './invokeWorkflow';
import { PROVIDER } from './accounts';
import { itemsAt, runWorkflow } from './core/runWorkflow';

/** The credential of the service provider itself. */
export const PROVIDER_CREDENTIAL: ICredentialDataDecryptedObject = {
	...PROVIDER,
	mode: 'componentAccessToken',
};

/** One credential for all customers: it takes each from the item. */
export const CUSTOMERS_CREDENTIAL: ICredentialDataDecryptedObject = {
	...PROVIDER,
	mode: 'authorizerAccessToken',
	authorizerAppId: '={{ $json.authorizerAppid }}',
	authorizerRefreshToken: '={{ $json.authorizerRefreshToken }}',
};

/** Rows -> WeChat Open Platform -> a node on each branch. */
export async function runPlatform(
	store: CredentialStore,
	rows: IDataObject[],
	parameters: IDataObject,
	onError: OnError = 'continueErrorOutput',
	/** Fields of the node itself, such as retryOnFail. */
	extraFields: object = {},
) {
	const node = (name: string, type: string, extra: object = {}) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
		...extra,
	});
	const to = (name: string) => ({ node: name, type: 'main' as const, index: 0 });
	const run = await runWorkflow(
		{
			nodes: [
				node('Rows', 'test.passThrough'),
				node('Platform', 'n8n-nodes-wechat-cloud-function.weChatOpenPlatform', {
					onError,
					credentials: { weChatCloudFunctionApi: { id: CREDENTIAL_ID, name: 'Provider' } },
					parameters,
					...extraFields,
				}),
				node('Success', 'test.passThrough'),
				node('Error', 'test.passThrough'),
			],
			connections: {
				Rows: { main: [[to('Platform')]] },
				Platform: { main: [[to('Success')], [to('Error')]] },
			},
		},
		rows.map((json): INodeExecutionData => ({ json })),
		store,
	);
	return {
		run,
		success: itemsAt(run, 'Success') as IDataObject[],
		error: itemsAt(run, 'Error') as FailedItem[],
	};
}
