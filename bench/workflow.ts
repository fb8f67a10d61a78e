import type { StoredCredential, StoredWorkflow } from '../n8n/commands';
import { TOKEN, type Aim, type Contestant } from './contestants';

export type NewWorkflow = Omit<StoredWorkflow, 'id'> & { name: string };

/** Webhook -> rows -> clock -> the node to measure -> report, which answers the webhook's caller. */
export function buildWorkflow(
	path: string,
	contestant: Contestant,
	aim: Aim,
	isHttps: boolean,
): NewWorkflow {
	const node = (name: string, type: string, typeVersion: number, extra: object = {}) => ({
		id: `${path}-${name}`,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: {},
		...extra,
	});
	const names = ['Webhook', 'Rows', 'Clock', 'Measured', 'Report'];
	const { type, typeVersion, credential } = contestant;
	const credentialId = credential && nameCredential(credential, isHttps);
	return {
		name: path,
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
		nodes: [
			node('Webhook', 'n8n-nodes-base.webhook', 2.1, {
				webhookId: path,
				parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
			}),
			node('Rows', 'n8n-nodes-bench.benchRows', 1),
			node('Clock', 'n8n-nodes-bench.benchClock', 1),
			node('Measured', type, typeVersion, {
				// A call that fails is counted, and the rest is measured.
				onError: 'continueRegularOutput',
				parameters: contestant.parameters(aim),
				...(credential && {
					credentials: { [credential]: { id: credentialId, name: credentialId } },
				}),
			}),
			node('Report', 'n8n-nodes-bench.benchReport', 1),
		],
		connections: Object.fromEntries(
			names
				.slice(0, -1)
				.map((name, i) => [name, { main: [[{ node: names[i + 1], type: 'main', index: 0 }]] }]),
		),
	};
}

/** Both kinds of credential, for HTTP and for HTTPS. */
export function listCredentials(origins: { http: string; https: string }): StoredCredential[] {
	const query = (isHttps: boolean): StoredCredential => ({
		...identify('httpQueryAuth', isHttps),
		data: { name: 'access_token', value: TOKEN },
	});
	const own = (isHttps: boolean): StoredCredential => ({
		...identify('weChatCloudFunctionApi', isHttps),
		data: {
			mode: 'accessToken',
			source: 'wechat',
			appId: 'wx-sandbox-bench',
			appSecret: 'sandbox-dummy-secret',
			apiHost: 'custom',
			customApiHost: isHttps ? origins.https : origins.http,
		},
	});
	return [query(false), query(true), own(false), own(true)];
}

function identify(type: string, isHttps: boolean) {
	const id = nameCredential(type, isHttps);
	return { id, name: id, type };
}

function nameCredential(type: string, isHttps: boolean): string {
	return `${type}-${isHttps ? 'https' : 'http'}`;
}
