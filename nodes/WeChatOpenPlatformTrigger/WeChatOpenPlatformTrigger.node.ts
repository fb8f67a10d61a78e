import {
	NodeConnectionTypes,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type IHookFunctions,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { parameters } from './parameters';
import { receivePush } from './receive/receivePush';
import { readRecipient } from './receive/recipient';

export class WeChatOpenPlatformTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeChat Open Platform Trigger',
		name: 'weChatOpenPlatformTrigger',
		icon: {
			light: 'file:weChatOpenPlatformTrigger.svg',
			dark: 'file:weChatOpenPlatformTrigger.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["events"]?.length ? $parameter["events"].join(", ") : "all events" }}',
		description:
			'Starts the workflow when WeChat pushes a ticket or an authorization to your third-party platform',
		eventTriggerDescription: 'Waiting for WeChat to push',
		defaults: { name: 'WeChat Open Platform Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'weChatOpenPlatformApi', required: true, testedBy: 'checkOpenPlatformCredential' },
		],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'wechat' }],
		properties: parameters,
	};

	methods = {
		credentialTest: {
			/** All that can be said before WeChat pushes: whether the fields can be right. */
			async checkOpenPlatformCredential(
				this: ICredentialTestFunctions,
				{ data = {} }: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				const recipient = readRecipient(data);
				return typeof recipient === 'string'
					? { status: 'Error', message: recipient }
					: { status: 'OK', message: 'The fields are complete. WeChat must still use the same.' };
			},
		},
	};

	// The address is entered in the WeChat console by hand: there is nothing to register.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	/** Answers by itself, before the workflow starts: WeChat waits 5 seconds, however long that takes. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const receipt = await receivePush(this);
		const response = this.getResponseObject();
		response.type('text/plain');
		if (receipt.kind === 'refused') {
			this.logger.warn(`WeChat Open Platform Trigger refused a push: ${receipt.reason}.`);
			response.status(receipt.status).send(receipt.answer);
			return { noWebhookResponse: true };
		}
		response.status(200).send('success');
		if (receipt.kind === 'done') return { noWebhookResponse: true };
		return { noWebhookResponse: true, workflowData: [[{ json: receipt.message }]] };
	}
}
