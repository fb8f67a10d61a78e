import type { StoredCredential, StoredWorkflow } from '../../n8n/commands';
import { TOKEN, type Aim, type Contestant } from './contestants';
import type { Line } from './groups';

export type NewWorkflow = Omit<StoredWorkflow, 'id'> & { name: string };

/** Webhook -> rows -> clock -> the node to measure -> report, which answers the webhook's caller. */
export function buildWorkflow(
	path: string,
	contestant: Contestant,
	aim: Aim,
	line: Line,
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
	const { type, typeVersion, credential, settings } = contestant;
	const credentialId = credential && nameCredential(credential, line);
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
				...settings,
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

/** Both kinds of credential, for each line. */
export function listCredentials(origins: Record<Line, string>): StoredCredential[] {
	return (Object.keys(origins) as Line[]).flatMap((line) => [
		{
			...identify('httpQueryAuth', line),
			data: { name: 'access_token', value: TOKEN },
		},
		{
			...identify('weChatCloudFunctionApi', line),
			data: {
				mode: 'accessToken',
				source: 'wechat',
				appId: 'wx-sandbox-bench',
				appSecret: 'sandbox-dummy-secret',
				apiHost: 'custom',
				customApiHost: origins[line],
			},
		},
	]);
}

function identify(type: string, line: Line) {
	const id = nameCredential(type, line);
	return { id, name: id, type };
}

function nameCredential(type: string, line: Line): string {
	return `${type}-${line}`;
}
