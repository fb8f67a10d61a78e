import type { StoredWorkflow } from '../../../../n8n/commands';
import type { Json } from '../../../../n8n/execution';
import { makeRows } from '../../../engine/counting';
import { buildRowsWorkflow, type RowsWorkflow } from './rowsWorkflow';

/** As an expression fails for an item that can't be traced back. */
const failing = (otherwise: string) =>
	`={{ $json.broken ? $('No Such Node').item.json.x : ${otherwise} }}`;
const threeTries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

export const FALSY = { text: '', zero: 0, nothing: null, no: false };
/** For the account of the shop. */
export const SHOP_STEPS: Array<Omit<RowsWorkflow, 'credentialId'>> = [
	...Object.entries(FALSY).flatMap(([name, error]) => [
		{
			id: `result-${name}-1`,
			rows: [1, 2, 3].map((id) => ({ itemKey: `result-${name}`, reply: { error, id } })),
			node: threeTries,
		},
		{
			id: `column-${name}-1`,
			rows: [1, 2, 3].map((id) => ({ itemKey: `column-${name}`, error, reply: { id } })),
			parameters: { output: 'inputFieldsAndResult' },
			node: threeTries,
		},
	]),
	{
		id: 'simplify1',
		rows: [{ reply: 1 }, { reply: 2, broken: true, itemKey: 'simplify' }, { reply: 3 }],
		parameters: { simplify: failing('true') },
	},
	{
		id: 'run-option-1',
		rows: [
			{ id: 1, broken: true, itemKey: 'run option' },
			{ id: 2, itemKey: 'run option' },
		],
		parameters: { options: { concurrency: failing('5') } },
	},
	{
		id: 'later1',
		rows: [{ id: 1 }],
		parameters: {
			invocationType: 'later',
			delaySeconds: 3600,
			options: { resultCheck: { check: { field: 'code', successValues: '0' } } },
		},
	},
	{
		id: 'own-words-1',
		rows: [
			{ throws: 'errCode: -501000 | errMsg: FUNCTION_NOT_FOUND, no such function' },
			{ throws: 'db: invoking task timed out', itemKey: 'own words' },
			{ reply: 'next' },
		],
		parameters: { options: { concurrency: 1, safeToRepeat: true, maxTries: 3 } },
	},
	{
		id: 'order1',
		rows: [0, 1, 2, 3, 4, 5].map((row) => ({ row, safe: row % 2 === 0, bad: row === 3 })),
		parameters: {
			invoke: 'oncePerBatch',
			batchSize: 2,
			functionName: "={{ $json.bad ? 'a/b' : 'importRows' }}",
			options: { safeToRepeat: '={{ $json.safe }}' },
		},
		onError: 'continueRegularOutput',
	},
	{
		id: 'by-item-1',
		rows: [{ when: 'wait', reply: 1 }, { when: 'wait', throws: 'no stock' }, { when: 'later' }],
		parameters: { invocationType: '={{ $json.when }}', errorBranches: 'byCategory' },
	},
	{
		id: 'stop1',
		rows: [
			...[slow(1), slow(2, { half: true }), { id: 3, sandbox: { errcode: 40097 } }],
			...[slow(4, { half: true }), slow(5), ...makeRows(15)],
		],
		onError: 'stopWorkflow',
	},
];

/** So that the third item fails while those beside it are under way. */
function slow(id: number, fault: object = {}) {
	return { id, reply: 'fine', sandbox: { delayMs: 2000, ...fault } };
}

/** The same workflow with WeChat Open Platform in the node's place. */
export function buildPlatformWorkflow(credentialId: string): StoredWorkflow {
	const rows = [{ code: 'one' }, { code: 'two', broken: true }, { code: 'three' }];
	const workflow = buildRowsWorkflow({ id: 'platform1', credentialId, rows });
	const node = workflow.nodes.find(({ name }) => name === 'Invoke') as Json;
	node.type = 'n8n-nodes-wechat-cloud-function.weChatOpenPlatform';
	node.parameters = { operation: 'getAuthorization', authorizationCode: failing('$json.code') };
	return workflow;
}
