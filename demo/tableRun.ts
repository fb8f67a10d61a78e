import { listItems, type Execution } from '../n8n/execution';
import type { N8nInstance } from '../n8n/instance';
import { tableWorkflow } from './demo';
import { formatTable } from './table';

const BRANCHES = [
	{
		title: 'Success branch',
		node: 'Order priced',
		columns: ['order', 'customer', 'itemCount', 'discount', 'shipping', 'total'],
	},
	{
		title: 'Error branch',
		node: 'Order to check',
		columns: ['order', 'customer', 'errcode', 'message'],
	},
];

/** Runs the table example and resolves with what came out of both branches, as lines of text. */
export async function runTableExample(instance: N8nInstance): Promise<string[]> {
	const execution = await instance.execute(tableWorkflow.id);
	if (execution.error) return [`The run failed: ${execution.error.message}`];
	return BRANCHES.flatMap((branch) => describeBranch(execution, branch));
}

function describeBranch(execution: Execution, branch: (typeof BRANCHES)[number]): string[] {
	const rows = listItems(execution, branch.node);
	return [
		'',
		`${branch.title}: ${rows.length} items`,
		...formatTable(rows, branch.columns).map((line) => `  ${line}`),
	];
}
