import { WebhookContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INodeType,
} from 'n8n-workflow';
import WXBizMsgCrypt from 'wechat-crypto';
import { WeChatOpenPlatformTrigger } from '../../../nodes/WeChatOpenPlatformTrigger/WeChatOpenPlatformTrigger.node';
import { TestCredentialsHelper } from '../../engine/core/credentialsHelper';
import { buildAdditionalData } from '../../engine/core/runWorkflow';
import { APP_ID, encodingAesKey, verificationToken } from '../../wechat/push/provider';

const trigger: INodeType = new WeChatOpenPlatformTrigger();
const TYPE = 'n8n-nodes-wechat-cloud-function.weChatOpenPlatformTrigger';
const CREDENTIAL = {
	componentAppId: APP_ID,
	verificationToken,
	encodingAesSecretKey: encodingAesKey,
};

/** Hands out the fields as they are: those of this credential have no expressions. */
class PlatformCredentialsHelper extends TestCredentialsHelper {
	constructor(private readonly fields: ICredentialDataDecryptedObject) {
		super(new Map());
	}

	async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		return this.fields;
	}
}

/** A push that is signed and encrypted by the npm package wechat-crypto. */
export function sealByOthers(message: string, timestamp = Math.floor(Date.now() / 1000)) {
	const theirs = new WXBizMsgCrypt(verificationToken, encodingAesKey, APP_ID);
	const encrypted = theirs.encrypt(message);
	const query: Record<string, string> = { timestamp: String(timestamp), nonce: 'dummy' };
	query.msg_signature = theirs.getSignature(query.timestamp, query.nonce, encrypted);
	const body = `<xml><AppId><![CDATA[${APP_ID}]]></AppId><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
	return { query, body };
}

/** A workflow with the trigger in it, as long as n8n has it loaded. */
export function openTrigger(parameters: IDataObject = {}, credential: object = {}, id = 'test') {
	const workflow = new Workflow({
		id,
		name: id,
		active: true,
		nodes: [
			{
				id: 'trigger',
				name: 'Trigger',
				type: TYPE,
				typeVersion: 1,
				position: [0, 0],
				parameters: parameters as never,
				credentials: { weChatOpenPlatformApi: { id: '1', name: 'Platform' } },
			},
		],
		connections: {},
		nodeTypes: {
			getByName: () => trigger,
			getByNameAndVersion: () => trigger,
			getKnownTypes: () => ({}),
		},
	});
	const fields = { ...CREDENTIAL, ...credential };

	/** What n8n makes of a request: the answer, the items it starts with, and what it logs. */
	return async function push({ query, body }: { query: object; body: string | Buffer }) {
		const additionalData = buildAdditionalData(new Map(), {} as never);
		additionalData.credentialsHelper = new PlatformCredentialsHelper(fields);
		additionalData.httpRequest = { headers: {}, query, rawBody: Buffer.from(body) } as never;
		const answer = { status: 0, text: '' };
		const response = {
			type: () => response,
			status(status: number) {
				answer.status = status;
				return response;
			},
			send(text: string) {
				answer.text = text;
				return response;
			},
		};
		additionalData.httpResponse = response as never;
		const node = workflow.getNode('Trigger');
		if (!node) throw new Error('There is no trigger.');
		const webhookData = { webhookDescription: trigger.description.webhooks?.[0] };
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			'webhook',
			webhookData as never,
			[],
			null,
		);
		const log: string[] = [];
		Object.defineProperty(context, 'logger', {
			value: { warn: (line: string) => void log.push(line) },
		});
		const result = await trigger.webhook?.call(context);
		const items = result?.workflowData?.[0].map(({ json }) => json) ?? [];
		return { ...answer, items, log };
	};
}
