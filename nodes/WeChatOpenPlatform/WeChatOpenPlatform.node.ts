import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { parameters } from './parameters';
import type { PlatformFailure } from './run/failure';
import { runItems, type Done } from './run/runItems';

export class WeChatOpenPlatform implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeChat Open Platform',
		name: 'weChatOpenPlatform',
		icon: { light: 'file:weChatOpenPlatform.svg', dark: 'file:weChatOpenPlatform.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: "Manage the customers of a WeChat service provider's platform",
		defaults: { name: 'WeChat Open Platform' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		// Its items hold refresh tokens, which no model is to see.
		usableAsTool: undefined,
		sensitiveOutputFields: ['authorizerRefreshToken'],
		builderHint: {
			searchHint:
				'For WeChat service providers (third-party platforms): make authorization links, turn authorization codes into refresh tokens, list customers. To call functions use Invoke Cloud Function.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-wechat-cloud-function.weChatOpenPlatformTrigger',
					relationHint: 'Receives the tickets and authorization codes this node works with',
				},
				{
					nodeType: 'n8n-nodes-wechat-cloud-function.invokeCloudFunction',
					relationHint: "Calls a customer's functions with the refresh token this node gets",
				},
			],
		},
		credentials: [{ name: 'weChatCloudFunctionApi', required: true }],
		properties: parameters,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const results = await runItems(this);
		const output = results.flatMap((result, itemIndex) =>
			toJson(result).map((json): INodeExecutionData => ({ json, pairedItem: { item: itemIndex } })),
		);
		const tokens = output.map(({ json }) => json.authorizerRefreshToken);
		const missing = tokens.filter((token) => token === null).length;
		if (missing > 0) {
			const customers = tokens.filter((token) => token !== undefined).length;
			const message = `For ${missing} of ${customers} customers WeChat gave no refresh token (null): let them authorize again. Keep null out of your table, so that it replaces no good token.`;
			// Older versions of n8n have no hints at run time, and the tokens must come out all the same.
			const { addExecutionHints }: Partial<IExecuteFunctions> = this;
			addExecutionHints?.call(this, { message, location: 'outputPane' });
		}
		return [output];
	}
}

function toJson(result: Done | PlatformFailure): IDataObject[] {
	return result.kind === 'done' ? result.found : [{ error: toError(result) }];
}

/** Without the tag, which is for this node's own use. */
function toError(failure: PlatformFailure): IDataObject {
	const shown: Partial<PlatformFailure> = { ...failure };
	delete shown.kind;
	return shown;
}
