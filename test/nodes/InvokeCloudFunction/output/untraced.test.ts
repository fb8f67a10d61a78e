import { BRANCHES } from '../../../../nodes/InvokeCloudFunction/output/branches';
import { buildInvokeWorkflow, readBranches, storeOf } from '../../../engine/invokeWorkflow';
import { runWorkflow } from '../../../engine/core/runWorkflow';
import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { SHOP_APP } from '../../../engine/accounts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const rows = [
	{ id: 1, reply: 'fine' },
	{ id: 2, throws: 'no stock' },
];

/** Each row twice, from a node that does not say where its items come from. */
async function runUntraced(errorBranches: 'single' | 'byCategory') {
	const workflow = buildInvokeWorkflow({
		parameters: { errorBranches },
		onError: errorBranches === 'single' ? 'continueErrorOutput' : 'stopWorkflow',
	});
	workflow.nodes[0].type = 'test.untraced';
	const store = storeOf(sandbox.url, SHOP_APP);
	const run = await runWorkflow(
		workflow,
		rows.map((json) => ({ json })),
		store,
	);
	return readBranches(run).outputs;
}

const failed = { error: expect.objectContaining({ category: 'function-error' }) };

test('by category, items that nobody can trace leave where they belong, with their own fields', async () => {
	const outputs = await runUntraced('byCategory');
	expect(outputs[BRANCHES.indexOf('Success')]).toEqual([{ result: 'fine' }, { result: 'fine' }]);
	expect(outputs[BRANCHES.indexOf('Function Error')]).toEqual([
		{ ...rows[1], ...failed },
		{ ...rows[1], ...failed },
	]);
	expect(outputs.flat()).toHaveLength(4);
});

test("with n8n's error output none of them is lost or called a success", async () => {
	const [success, error] = await runUntraced('single');
	expect([...success, ...error]).toHaveLength(4);
	expect(success.filter((item) => item.error === undefined)).toHaveLength(2);
	expect([...success, ...error].filter((item) => item.error !== undefined)).toEqual([
		expect.objectContaining(failed),
		expect.objectContaining(failed),
	]);
});
