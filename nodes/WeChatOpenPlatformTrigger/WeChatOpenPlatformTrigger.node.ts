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
		activationMessage:
			'WeChat can now push to the Production URL: enter it as the authorization event URL of your platform. The first ticket comes within 10 minutes.',
		triggerPanel: {
			header: 'Receive what WeChat pushes',
			executionsHelp: {
				inactive:
					"WeChat pushes to one address only, so enter the <b>Production URL</b> in its console, and publish the workflow: a ticket comes within 10 minutes.<br /><br />While you build, <b>listen</b> here and let the package's sandbox push to the Test URL.",
				active:
					'WeChat pushes to the <b>Production URL</b>, a ticket every 10 minutes. Each push starts the workflow. If its executions are saved, which is not advised as they hold tickets, they are in the <a data-key="executions">executions list</a>.<br /><br />If nothing comes, run the node WeChat Open Platform once with the operation Start Ticket Pushes.',
			},
			activationHint: 'WeChat can reach this trigger once the workflow is published.',
		},
		sensitiveOutputFields: ['componentVerifyTicket', 'authorizationCode', 'preAuthCode'],
		builderHint: {
			searchHint:
				"For WeChat service providers (third-party platforms): starts when WeChat pushes a component verify ticket or a customer authorizes the platform. Lead infoType through a Switch, and keep tickets in a table. Not for messages of a customer's account.",
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-wechat-cloud-function.weChatOpenPlatform',
					relationHint: 'Turns the authorization code of an event into a refresh token',
				},
			],
		},
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
