import type { Json } from '../../../../n8n/execution';
import type { StoredCredential, StoredWorkflow } from '../../../../n8n/commands';
import { makeNumberedApp } from '../../../../sandbox/accounts/apps';
import type { Limits } from '../../../../sandbox/faults/limits';
import { credentialOf } from '../realN8n';

/** A run of the node against limits, in an environment of its own: what one learns, another must not know. */
export interface LimitCase {
	/** Of the webhook that starts it. */
	name: string;
	limits: Limits;
	/** Node parameters over the defaults. */
	parameters: Record<string, unknown>;
	functionName?: string;
	/** Fields of the node itself, such as retryOnFail. */
	node?: object;
}

export const LIMITS_WORKFLOW = 'limits1';

/** The environment of the case with this place in its list. */
export function nameEnvironment(place: number): string {
	return makeNumberedApp(place + 1).environments[0];
}

/** The credential of each case is that of a mini program of its own. */
export function makeLimitCredentials(cases: LimitCase[], sandboxUrl: string): StoredCredential[] {
	return cases.map(({ name }, place) => {
		const { appId, secret } = makeNumberedApp(place + 1);
		return credentialOf(name, sandboxUrl, { appId, appSecret: secret });
	});
}

/** For each case: a webhook that gets `{ "rows": [ … ] }` and answers with all items -> rows as items -> Invoke. */
export function buildLimitsWorkflow(cases: LimitCase[]): StoredWorkflow {
	const node = (name: string, type: string, typeVersion: number, extra: object): Json => ({
		...{ id: name, name, type, typeVersion, position: [0, 0], ...extra },
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const locate = (mode: string, value: string) => ({ __rl: true, mode, value });
	return {
		id: LIMITS_WORKFLOW,
		name: LIMITS_WORKFLOW,
		settings: { executionOrder: 'v1' },
		nodes: cases.flatMap(({ name, parameters, functionName = 'echo', ...others }, place) => [
			node(`Start ${name}`, 'n8n-nodes-base.webhook', 2, {
				webhookId: name,
				parameters: {
					...{ httpMethod: 'POST', path: name, options: {} },
					...{ responseMode: 'lastNode', responseData: 'allEntries' },
				},
			}),
			node(`Rows ${name}`, 'n8n-nodes-base.splitOut', 1, {
				parameters: { fieldToSplitOut: 'body.rows' },
			}),
			node(`Invoke ${name}`, 'n8n-nodes-wechat-cloud-function.invokeCloudFunction', 1, {
				...others.node,
				onError: 'continueRegularOutput',
				credentials: { weChatCloudFunctionApi: { id: name, name } },
				parameters: {
					environment: locate('id', nameEnvironment(place)),
					functionName: locate('name', functionName),
					...parameters,
				},
			}),
		]),
		connections: Object.fromEntries(
			cases.flatMap(({ name }) => [
				[`Start ${name}`, to(`Rows ${name}`)],
				[`Rows ${name}`, to(`Invoke ${name}`)],
			]),
		),
	};
}
