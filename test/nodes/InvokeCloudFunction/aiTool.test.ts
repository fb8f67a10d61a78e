import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { storeOf } from '../../engine/invokeWorkflow';
import { callTool, fromAi, type Agent, type ToolStep } from '../../engine/toolWorkflow';
import { SHOP_APP } from '../../engine/accounts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const userInfo = { appId: SHOP_APP.appId };

async function callShopTool(agent: Agent, step: Omit<ToolStep, 'store'>) {
	return await callTool(agent, { store: storeOf(sandbox.url), ...step });
}

describe.each<[string, Agent]>([
	['n8n runs the tool for the agent', 'engineAgent'],
	['the agent calls the tool itself', 'callingAgent'],
])('%s', (_, agent) => {
	test('a saved tool can not wait until the function calls back: the model reads so', async () => {
		const { read, run } = await callShopTool(agent, {
			calls: [{ functionName: 'monthlyReport', data: { month: '2025-03' } }],
			parameters: { invocationType: 'callback' },
		});
		expect(run.status).toBe('success');
		expect(read[0]).toEqual([
			{
				error: expect.objectContaining({
					message: expect.stringContaining("an AI agent's tool can't wait"),
					attempts: 0,
				}),
			},
		]);
	});

	test('the model reads the result, parsed; each of several calls has its own', async () => {
		const { read } = await callShopTool(agent, {
			calls: [
				{ functionName: 'echo', data: { reply: { total: 97.9 } } },
				{ functionName: 'echo', data: { reply: [{ sku: 'A' }, { sku: 'B' }] } },
			],
		});
		expect(read).toEqual([[{ total: 97.9 }], [{ sku: 'A' }, { sku: 'B' }]]);
	});

	test('an empty list is told as one, not as nothing', async () => {
		const { read } = await callShopTool(agent, {
			calls: [{ functionName: 'echo', data: { reply: [] } }],
		});
		expect(read).toEqual([[{ result: [] }]]);
	});

	test('the request data as text does as well as an object', async () => {
		const { read } = await callShopTool(agent, {
			calls: [{ functionName: 'echo', data: '{ "order": { "id": 7 } }' }],
			parameters: { requestJson: fromAi('data') },
		});
		expect(read).toEqual([[{ order: { id: 7 }, userInfo }]]);
	});

	test.each([undefined, 'continueRegularOutput'] as const)(
		'a failure is told with what to do about it (On Error: %s)',
		async (onError) => {
			const { read, run } = await callShopTool(agent, {
				calls: [{ functionName: 'noSuchFunction', data: { id: 1 } }],
				node: { onError },
			});
			expect(run.status).toBe('success');
			expect(read).toEqual([
				[
					{
						error: expect.objectContaining({
							message: expect.stringContaining('"noSuchFunction" was not run: '),
							hint: expect.stringMatching(/./),
							errcode: -501000,
							category: 'configuration-invalid',
							mayHaveRun: false,
							retryable: false,
						}),
					},
				],
			]);
		},
	);

	test('a call whose outcome is unknown says that it may have run, and was made once', async () => {
		const before = sandbox.runs('echo');
		const { read } = await callShopTool(agent, {
			calls: [{ functionName: 'echo', data: { sandbox: { reset: true } } }],
		});
		expect(read).toEqual([[{ error: expect.objectContaining({ mayHaveRun: true, attempts: 1 }) }]]);
		expect(sandbox.runs('echo') - before).toBeLessThanOrEqual(1);
	});

	test('branches by category do not hide a failure: an agent reads the first output only', async () => {
		const { read } = await callShopTool(agent, {
			calls: [{ functionName: 'echo', data: { throws: 'no stock' } }],
			parameters: { errorBranches: 'byCategory' },
		});
		expect(read).toEqual([
			[{ error: expect.objectContaining({ message: '"echo" ran and failed: no stock.' }) }],
		]);
	});

	test('with Retry On Fail and Stop Workflow a call that may have run is the answer, made once', async () => {
		const before = sandbox.runs('echo');
		const { read } = await callShopTool(agent, {
			calls: [{ functionName: 'echo', data: { sandbox: { half: true } } }],
			node: { onError: 'stopWorkflow', retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(read).toEqual([[{ error: expect.objectContaining({ mayHaveRun: true, attempts: 1 }) }]]);
		expect(sandbox.runs('echo') - before).toBe(1);
	});

	test('On Error = Stop Workflow ends the run', async () => {
		const { run } = await callShopTool(agent, {
			calls: [{ functionName: 'noSuchFunction', data: { id: 1 } }],
			node: { onError: 'stopWorkflow' },
		});
		expect(run.status).toBe('error');
		expect(run.data.resultData.error?.message).toContain('"noSuchFunction" was not run: ');
	});
});

test('values of other kinds than asked for are sent, or refused in words the model can act on', async () => {
	const assignments = [
		{ id: '1', name: 'order', value: fromAi('order'), type: 'string' },
		{ id: '2', name: 'count', value: fromAi('count', 'number'), type: 'number' },
	];
	const { read } = await callShopTool('engineAgent', {
		calls: [
			{ functionName: 'echo', order: { id: 7 }, count: '3' },
			{ functionName: 'echo', order: 7, count: 3 },
			{ functionName: 'echo', order: 'A-7', count: 'three' },
			{ functionName: { name: 'echo' }, order: 'A-7', count: 3 },
			{ functionName: 42, order: 'A-7', count: 3 },
		],
		parameters: { requestData: 'fields', requestFields: { assignments } },
	});
	const refused = (message: string) => [
		{ error: expect.objectContaining({ message: expect.stringContaining(message) }) },
	];
	expect(read).toEqual([
		[{ order: '{"id":7}', count: 3, userInfo }],
		[{ order: '7', count: 3, userInfo }],
		refused('the field "count" holds text that is not a number'),
		refused('the function name is an object, not text'),
		refused('this is not a name a cloud function can have'),
	]);
});
