import type { StoredWorkflow } from '../../../../n8n/commands';
import { buildRowsWorkflow } from './rowsWorkflow';

/** A row for each of the outputs by category. */
const BRANCH_ROWS = [
	{ id: 'Success', reply: 'fine' },
	{ id: 'Try Later', sandbox: { errcode: -1 } },
	{ id: 'Outcome Unknown', sandbox: { reset: true } },
	{ id: 'Function Error', throws: 'no stock' },
	{ id: 'Fix Setup', sandbox: { errcode: 40097 } },
];

/** What follows each branch asks n8n for the row that the item came from. */
function buildPairedWorkflow(): StoredWorkflow {
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

/** Codes that the sandbox gives on instruction. */
export const INSTRUCTED = [-1, 43002, 44002];

/** What comes out by which branch; each in the credential that its case wants. */
export function buildWorkflows(): StoredWorkflow[] {
	const rows = INSTRUCTED.map((errcode) => ({ id: errcode, sandbox: { errcode } }));
	const one = [{ id: 'one' }];
	return [
		buildRowsWorkflow({ id: 'instructed1', credentialId: 'shop', rows }),
		buildRowsWorkflow({ id: 'unknownToken1', credentialId: 'unknownToken', rows: one }),
		buildRowsWorkflow({ id: 'expiredToken1', credentialId: 'expiredToken', rows: one }),
		buildRowsWorkflow({
			id: 'missingToken1',
			credentialId: 'goodToken',
			rows: [{ id: 'one', sandbox: { errcode: 41001 } }],
		}),
		buildRowsWorkflow({ id: 'plain1', credentialId: 'plain', rows: one }),
		buildRowsWorkflow({ id: 'proxy1', credentialId: 'proxy', rows: one }),
		buildRowsWorkflow({
			id: 'shapes1',
			credentialId: 'shop',
			rows: [{ reply: [{ a: 1 }, 'x'] }, {}],
		}),
		buildRowsWorkflow({
			id: 'branches1',
			credentialId: 'shop',
			rows: BRANCH_ROWS,
			parameters: { errorBranches: 'byCategory', options: { maxTries: 1 } },
		}),
		buildRowsWorkflow({
			id: 'batches1',
			credentialId: 'shop',
			rows: [1, 2, 3, 4, 5].map((id) => ({ id })),
			parameters: { invoke: 'oncePerBatch', batchSize: 3 },
		}),
		buildRowsWorkflow({
			id: 'emptyItem1',
			credentialId: 'shop',
			rows: [{}],
			parameters: { errorBranches: 'byCategory', functionName: 'noSuchFunction' },
		}),
		buildRowsWorkflow({
			id: 'retryOnFail1',
			credentialId: 'shop',
			rows: [{ throws: 'no stock', itemKey: 'retried' }, { itemKey: 'kept' }, { itemKey: 'kept' }],
			node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 },
		}),
		buildPairedWorkflow(),
		buildRowsWorkflow({
			id: 'stop1',
			credentialId: 'shop',
			rows: [{ id: 1 }, { id: 2, sandbox: { errcode: -1 } }, { id: 3 }],
			parameters: { options: { concurrency: 1 } },
			onError: 'stopWorkflow',
		}),
	];
}
