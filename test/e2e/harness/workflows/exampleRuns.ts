import { listItems, type Execution, type Json } from '../../../../n8n/execution';
import type { Sandbox } from '../../../../sandbox/server';
import type { ChosenFile } from '../submitForm';

/** How an example is run, and what must come out of it. */
export type ExampleRun =
	| { how: 'execute'; check(execution: Execution, sandbox: Sandbox): void }
	| { how: 'submit'; submissions: Submission[] }
	/** Another workflow calls it; that one's run checks what comes back. */
	| { how: 'called'; by: string }
	/** Another test runs it, as it needs more than a sandbox. */
	| { how: 'elsewhere'; test: string };

export interface Submission {
	answers: Array<string | ChosenFile>;
	/** What the form's last page says. */
	lastPage: RegExp;
}

/** Begins as a JPEG does. */
const PHOTO = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(4996, 'x')]);

const failure = (fields: Json) =>
	expect.objectContaining({ error: expect.objectContaining(fields) });

/** One entry for each file in examples/. A file without one is a failing test. */
export const EXAMPLE_RUNS: Record<string, ExampleRun> = {
	'table-with-error-branch.json': {
		how: 'execute',
		check(execution) {
			const invoke = (output: number) => listItems(execution, 'Invoke Cloud Function', output);
			expect(invoke(0).map(({ total }) => total)).toEqual([97.9, 143.1, 59.6]);
			expect(invoke(1)).toEqual([
				failure({ errcode: -504002, category: 'function-error' }),
				failure({ errcode: -501000, category: 'configuration-invalid' }),
				failure({ errcode: 45009, category: 'quota-exhausted' }),
			]);
			expect(listItems(execution, 'Order priced')[0]).toMatchObject({
				order: 'A-1001',
				customer: 'Li Hua',
				total: 97.9,
			});
			const toCheck = listItems(execution, 'Order to check');
			expect(toCheck.map(({ order }) => order)).toEqual(['A-1003', 'A-1004', 'A-1006']);
		},
	},
	'sheet-in-batches.json': {
		how: 'execute',
		check(execution, sandbox) {
			const results = listItems(execution, 'Invoke Cloud Function');
			expect(results).toHaveLength(500);
			expect(results[499]).toEqual({ row: 501, status: 'imported' });
			expect(sandbox.runs('importRows')).toBe(10);
			expect(listItems(execution, 'Rows by Status')).toEqual([
				{ count_row: 500, status: 'imported' },
			]);
		},
	},
	'daily-report-with-failure-workflow.json': {
		how: 'execute',
		check(execution) {
			const lines = listItems(execution, 'Report Line');
			expect(lines).toHaveLength(6);
			expect(lines[0]).toEqual({ line: '2025-03-01 Chengdu: 42 orders, 3186.5 yuan' });
			expect(listItems(execution, 'Report Failures')).toEqual([
				expect.objectContaining({
					title: 'Cloud function dailyReport: outcome-unknown',
					functionRan: 'perhaps',
				}),
				expect.objectContaining({
					title: 'Cloud function dailyReport: function-error',
					text: expect.stringContaining('no database'),
					functionRan: 'yes',
				}),
			]);
		},
	},
	'report-failures.json': { how: 'called', by: 'daily-report-with-failure-workflow.json' },
	'form-sign-up.json': {
		how: 'submit',
		submissions: [
			{
				answers: ['Li Hua', '13800138000', 'plus'],
				lastPage: /Welcome, Li Hua![^]*The plan plus costs 39 yuan a month\./,
			},
			{
				answers: ['Li Hua', '123', 'plus'],
				lastPage: /You are not signed up yet[^]*phone must have 11 digits/,
			},
		],
	},
	'form-with-photo.json': {
		how: 'submit',
		submissions: [
			{
				answers: ['SF1234567890', { fileName: '包裹 1.jpg', content: PHOTO }],
				lastPage: /We have your photo[^]*包裹 1\.jpg: JPEG, 5000 bytes\./,
			},
			{
				answers: ['SF1234567890', { fileName: 'a.txt', content: Buffer.from('no photo') }],
				lastPage: /Please send another photo[^]*no photo that we can open/,
			},
		],
	},
	'daily-report-by-email.json': {
		how: 'execute',
		check(execution) {
			expect(listItems(execution, 'Send Report')).toMatchObject([
				{ date: '2025-03-02', shops: 2, revenue: 7638 },
			]);
			const [{ binary }] = execution.runData['Send Report'][0].data?.main[0] ?? [];
			expect(binary?.report).toMatchObject({
				fileName: 'sales 2025-03-02.csv',
				mimeType: 'text/csv',
			});
		},
	},
	'form-by-branch.json': {
		how: 'submit',
		submissions: [
			{
				answers: ['Wang Fang', '13900139000', 'basic', 'All is well'],
				lastPage: /Welcome, Wang Fang![^]*The plan basic costs 19 yuan a month\./,
			},
			{
				answers: ['Wang Fang', '13900139001', 'basic', 'WeChat is busy'],
				lastPage: /Please try again in a minute/,
			},
			{
				answers: ['Wang Fang', '13900139002', 'basic', 'The answer is lost'],
				lastPage: /We are checking your sign-up[^]*we will call you at 13900139002/,
			},
			{
				answers: ['Wang Fang', '123', 'basic', 'All is well'],
				lastPage: /Please check what you typed[^]*phone must have 11 digits/,
			},
			{
				answers: ['Wang Fang', '13900139003', 'basic', 'The setup is wrong'],
				lastPage: /Signing up is closed for the moment[^]*48001/,
			},
		],
	},
	'long-report.json': { how: 'elsewhere', test: 'test/e2e/harness/callbackN8n.ts' },
	'agent-with-function.json': { how: 'elsewhere', test: 'test/e2e/harness/agentN8n.ts' },
	'open-platform-events.json': { how: 'elsewhere', test: 'test/e2e/provider.test.ts' },
	'function-for-every-customer.json': { how: 'elsewhere', test: 'test/e2e/provider.test.ts' },
};
