import type { StoredCredential, StoredWorkflow } from '../../../../n8n/commands';
import { findComponent } from '../../../../sandbox/accounts/components';
import { buildNode, nameFunction } from './nodes';

export const COMPONENT = requireComponent('wx-sandbox-provider');

interface TriggerWorkflow {
	id: string;
	/** Of the trigger. */
	credentialId: string;
	/** Of the node that invokes `echo`. */
	invokeCredentialId: string;
	events?: string[];
}

/** Trigger -> echo. The item's JSON is the `itemKey` of the run: `sandbox.runs('echo', json)` counts it. */
export function buildTriggerWorkflow(step: TriggerWorkflow): StoredWorkflow {
	const itemKey = {
		id: 'key',
		name: 'itemKey',
		type: 'string',
		value: '={{ JSON.stringify($json) }}',
	};
	const node = (name: string, type: string, extra: object) =>
		buildNode(name, `n8n-nodes-wechat-cloud-function.${type}`, 1, extra);
	const use = (id: string) => ({ id, name: id });
	return {
		id: step.id,
		name: step.id,
		settings: { executionOrder: 'v1' },
		nodes: [
			node('Trigger', 'weChatOpenPlatformTrigger', {
				webhookId: step.id,
				parameters: { events: step.events ?? [] },
				credentials: { weChatOpenPlatformApi: use(step.credentialId) },
			}),
			node('Echo', 'invokeCloudFunction', {
				parameters: {
					...nameFunction('echo'),
					requestData: 'fields',
					requestFields: { assignments: [itemKey] },
				},
				credentials: { weChatCloudFunctionApi: use(step.invokeCredentialId) },
			}),
		],
		connections: { Trigger: { main: [[{ node: 'Echo', type: 'main', index: 0 }]] } },
	};
}

/** The trigger's credential for the sandbox's provider, in the form of n8n's import. */
export function platformCredential(
	id: string,
	change: Record<string, unknown> = {},
): StoredCredential {
	return {
		id,
		name: id,
		type: 'weChatOpenPlatformApi',
		data: {
			componentAppId: COMPONENT.appId,
			verificationToken: COMPONENT.verificationToken,
			encodingAesSecretKey: COMPONENT.encodingAesKey,
			...change,
		},
	};
}

export function findEventUrl(n8nUrl: string, workflowId: string): string {
	return `${n8nUrl}/webhook/${workflowId}/wechat`;
}

function requireComponent(appId: string) {
	const component = findComponent(appId);
	if (!component) throw new Error(`The sandbox has no component ${appId}.`);
	return component;
}
