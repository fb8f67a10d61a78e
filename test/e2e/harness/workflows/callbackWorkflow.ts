/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { setTimeout as pause } from 'node:timers/promises';
import type { StoredWorkflow } from '../../../../n8n/commands';
import type { SandboxRequest } from '../../../../sandbox/http/requestLog';
import type { Gate } from '../../../engine/gate';
import { buildNode, nameFunction } from './nodes';

/** What the workflow's webhook takes: all of it is the function's event, too. */
export interface Report {
	/** Tells one execution from the others. */
	id: string;
	functionName: string;
	month?: string;
	goesWrong?: string;
	/** Of the wait. */
	limitSeconds?: number;
}

/** What came out of a workflow: which one, by which branch, with which item. */
export type Told = [id: string, branch: 'success' | 'error', json: Record<string, unknown>];

const TELLS = 'n8n-nodes-wechat-cloud-function.invokeCloudFunction';

/**
 * Webhook -> Invoke, which waits until the function calls back -> on either branch, `echo` is told what came out.
 * @param credential for the sandbox
 * @param follower stands between Invoke and what follows its success
 */
export function buildCallbackWorkflow(
	id: string,
	credential: { id: string; name: string },
	follower?: { type: string; typeVersion: number; parameters: object },
): StoredWorkflow {
	const invoke = (name: string, functionName: string, parameters: object) =>
		buildNode(name, TELLS, 1, {
			credentials: { weChatCloudFunctionApi: credential },
			parameters: {
				...nameFunction(functionName),
				requestData: 'json',
				...parameters,
			},
		});
	const told = (branch: Told[1]) => ({
		requestJson: `={{ { itemKey: JSON.stringify([$('Report').item.json.id, '${branch}', $json]) } }}`,
	});
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	return {
		id,
		name: id,
		settings: { executionOrder: 'v1' },
		nodes: [
			buildNode('Webhook', 'n8n-nodes-base.webhook', 2, {
				webhookId: id,
				parameters: { httpMethod: 'POST', path: id, responseMode: 'onReceived', options: {} },
			}),
			buildNode('Report', 'n8n-nodes-base.set', 3.4, {
				parameters: { mode: 'raw', jsonOutput: '={{ $json.body }}', options: {} },
			}),
			{
				...invoke('Invoke', '={{ $json.functionName }}', {
					requestData: 'allFields',
					invocationType: 'callback',
					callbackLimitSeconds: '={{ $json.limitSeconds ?? 3600 }}',
				}),
				onError: 'continueErrorOutput',
			},
			invoke('Success', 'echo', told('success')),
			invoke('Error', 'echo', told('error')),
			...(follower ? [buildNode('Follower', follower.type, follower.typeVersion, follower)] : []),
		],
		connections: {
			Webhook: { main: [to('Report')] },
			Report: { main: [to('Invoke')] },
			Invoke: { main: [to(follower ? 'Follower' : 'Success'), to('Error')] },
			...(follower && { Follower: { main: [to('Success')] } }),
		},
	};
}

/** Whatever has come out of the workflows so far. */
export function listTold(log: readonly SandboxRequest[]): Told[] {
	return log
		.filter(({ path, key }) => path === '/tcb/invokecloudfunction' && typeof key === 'string')
		.map(({ key }) => JSON.parse(String(key)) as Told);
}

const POLL_MS = 100;

/** Waits until something holds; the test's own time limit ends it. */
export async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
	for (;;) {
		const found = await look();
		if (found !== undefined) return found;
		await pause(POLL_MS);
	}
}

/** The address that an execution gave its function. */
export async function findAddress({ arrivals }: Gate, id: string): Promise<string> {
	const event = await until(
		() => arrivals.find((arrival) => arrival.event.id === id && arrival.event.callbackUrl)?.event,
	);
	return String(event.callbackUrl);
}

/** A call as a function makes it. */
export async function callBack(
	address: string,
	body: string | FormData = '{"n":1}',
	headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<number> {
	const answer = await fetch(address, { method: 'POST', headers, body });
	await answer.text();
	return answer.status;
}
