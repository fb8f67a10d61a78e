import type { StoredWorkflow } from '../../../../n8n/commands';
import { buildRowsWorkflow } from './rowsWorkflow';

/** A row for each of the outputs by category. */
export const branchRows = [
	{ id: 'Success', reply: 'fine' },
	{ id: 'Try Later', sandbox: { errcode: -1 } },
	{ id: 'Outcome Unknown', sandbox: { reset: true } },
	{ id: 'Function Error', throws: 'no stock' },
	{ id: 'Fix Setup', sandbox: { errcode: 40097 } },
];

/** What follows each branch asks n8n for the row that the item came from. */
export function buildPairedWorkflow(): StoredWorkflow {
	const workflow = buildRowsWorkflow({
		id: 'paired1',
		credentialId: 'shop',
		rows: [
			{ id: 'two items', reply: [{ a: 1 }, { a: 2 }] },
			{ id: 'failing', throws: 'no stock' },
			{ id: 'one item', reply: 'fine' },
		],
	});
	for (const node of workflow.nodes.filter(({ name }) => name === 'Success' || name === 'Error')) {
		Object.assign(node, {
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: "={{ { row: $('Rows').item.json.id } }}",
				options: {},
			},
		});
	}
	return workflow;
}
