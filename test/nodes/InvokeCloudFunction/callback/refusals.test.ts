import { storeOf, type Step } from '../../../engine/invokeWorkflow';
import { startLaterServer, startReport, type LaterServer } from '../../../engine/waitingRun';

let server: LaterServer;
beforeAll(async () => {
	server = await startLaterServer();
});
afterAll(async () => await server.close());

const wait = async (step: Partial<Step> = {}) => await startReport(server, step);

describe('what is refused before anything is scheduled', () => {
	const rows = [{ id: 1 }, { id: 2 }];

	test.each<[string, Partial<Step>, RegExp]>([
		['several items without a batch', { rows }, /^Set Invoke to Once per Batch.*Loop Over Items/],
		[
			'items that would take several calls',
			{
				rows,
				parameters: { invoke: 'oncePerBatch', functionName: '={{ "report" + $json.id }}' },
			},
			/be the same for all items.*Loop Over Items/,
		],
		['a time limit of less than a minute', { parameters: { callbackLimitSeconds: 59 } }, /60 to/],
		['one of more than 30 days', { parameters: { callbackLimitSeconds: 2_592_001 } }, /60 to/],
		['one that is no number', { parameters: { callbackLimitSeconds: 'soon' } }, /60 to/],
		[
			'one that ends before the function starts',
			{ parameters: { callbackLimitSeconds: 600, delaySeconds: 600 } },
			/longer than the Delay/,
		],
		['a delay of 5 seconds', { parameters: { delaySeconds: 5 } }, /from 6 to 2592000/],
		[
			'a Callback Field without a name',
			{ parameters: { options: { callbackField: ' ' } } },
			/Callback Field/,
		],
		[
			'a Callback Field where a batch has its items',
			{ rows, parameters: { invoke: 'oncePerBatch', options: { callbackField: 'items' } } },
			/another name/,
		],
		[
			'an Invocation Type that is another one for each item',
			{
				rows,
				parameters: {
					invoke: 'oncePerBatch',
					invocationType: '={{ $itemIndex === 0 ? "callback" : "wait" }}',
				},
			},
			/the same for all items|Correct the other item/,
		],
	])('%s', async (_, step, hint) => {
		const { run, branches, events } = await wait(step);
		expect(events).toEqual([]);
		expect(run.status).toBe('success');
		expect(branches.success).toEqual([]);
		expect(branches.error.length).toBe(step.rows?.length ?? 1);
		for (const { error } of branches.error) {
			expect(error).toMatchObject({
				category: 'configuration-invalid',
				attempts: 0,
				mayHaveRun: false,
				hint: expect.stringMatching(hint),
			});
		}
	});

	test('a batch with an item that can not be sent: each item says why', async () => {
		const { branches, events } = await wait({
			rows: [{ json: '{}' }, { json: 'no JSON' }, { json: '{}' }],
			parameters: {
				invoke: 'oncePerBatch',
				requestData: 'json',
				requestJson: '={{ $json.json }}',
			},
		});
		expect(events).toEqual([]);
		expect(branches.error.map(({ error }) => error.message)).toEqual([
			expect.stringContaining('another item of its batch'),
			expect.stringContaining('is not valid JSON'),
			expect.stringContaining('another item of its batch'),
		]);
	});

	test("an n8n that WeChat can't reach, as it knows itself as this machine only", async () => {
		const store = storeOf('https://api.weixin.qq.com', {
			source: 'fixed',
			fixedToken: 'sandbox-dummy-token',
		});
		const { branches } = await wait({ store });
		expect(branches.error[0].error).toMatchObject({
			message: expect.stringContaining("n8n's own address is http://127.0.0.1:1"),
			hint: expect.stringContaining('WEBHOOK_URL'),
			attempts: 0,
		});
	});

	test('On Error = Stop stops the workflow here', async () => {
		const { run, events } = await wait({ rows, onError: 'stopWorkflow' });
		expect(run.data.resultData.error?.message).toContain('can wait for one call only');
		expect(events).toEqual([]);
	});
});
