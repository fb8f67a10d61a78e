import type { StoredWorkflow } from '../../../n8n/commands';

const ORDERS = [
	{ order: 'A-1001', customer: 'Li Hua', items: [{ name: 'Tea', price: 38.5, quantity: 2 }] },
	{ order: 'A-1002', customer: 'Wang Fang', items: [{ name: 'Teapot', price: 159 }] },
	{ order: 'A-1003', customer: 'Chen Jie', items: [] },
	{ order: 'A-1004', customer: 'Sun Yan', items: [{ name: 'Cup', price: 12.9, quantity: 4 }] },
];

/** The node whose items are the orders: two with the function's result, one without items that fails. */
export const ORDERS_NODE = 'One Item per Order';
export const CREDENTIAL = { id: 'shop', name: 'WeChat Sandbox' };
export const INVOKE_NODE = 'Invoke Cloud Function';

/** The fields of an Invoke node that calls a function of the shop, picked from its list. */
export function callFunction(functionName: string) {
	return {
		credentials: { weChatCloudFunctionApi: CREDENTIAL },
		parameters: {
			environment: { __rl: true, mode: 'list', value: 'shop-demo' },
			functionName: { __rl: true, mode: 'list', value: functionName },
		},
	};
}

/** Manual Trigger -> four orders -> "One Item per Order"; with `invoke`, the node behind it. */
export function buildOrdersWorkflow(id: string, name: string, invoke?: object): StoredWorkflow {
	const node = (nodeName: string, type: string, typeVersion: number, parameters: object) => ({
		id: nodeName,
		name: nodeName,
		type,
		typeVersion,
		parameters,
	});
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Orders', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ orders: ORDERS }, null, 2),
			options: {},
		}),
		node(ORDERS_NODE, 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'orders', options: {} }),
		...(invoke
			? [
					{
						...node(INVOKE_NODE, 'n8n-nodes-wechat-cloud-function.invokeCloudFunction', 1, {}),
						...invoke,
					},
				]
			: []),
	].map((entry, index) => ({ ...entry, position: [index * 240, 0] }));
	const names = nodes.map((entry) => entry.name);
	return {
		id,
		name,
		settings: { executionOrder: 'v1' },
		nodes,
		connections: Object.fromEntries(
			names
				.slice(0, -1)
				.map((from, index) => [
					from,
					{ main: [[{ node: names[index + 1], type: 'main', index: 0 }]] },
				]),
		),
	};
}
