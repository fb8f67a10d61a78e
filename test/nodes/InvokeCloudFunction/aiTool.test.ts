import type { INode } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { CREDENTIAL_ID, SHOP_APP, storeOf } from '../../engine/invokeWorkflow';
import { itemsAt, runWorkflow } from '../../engine/runWorkflow';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const userInfo = { appId: SHOP_APP.appId };
const fromAi = (key: string, type = 'string') =>
	`={{ $fromAI('${key}', 'what it is', '${type}') }}`;

interface ToolStep {
	/** What the model gives for each of its calls. */
	calls: object[];
	parameters?: object;
	node?: Partial<INode>;
	fields?: Record<string, string>;
}

/** Runs a workflow whose agent holds Invoke Cloud Function as its tool. */
async function callTool(agent: string, { calls, parameters, node, fields }: ToolStep) {
	const run = await runWorkflow(
		{
			nodes: [
				toNode('Chat', 'test.passThrough'),
				toNode('Agent', `test.${agent}`, { calls: JSON.stringify(calls) }),
				{
					...toNode('Invoke', 'n8n-nodes-wechat-cloud-function.invokeCloudFunctionTool', {
						environment: { __rl: true, mode: 'id', value: 'shop-demo' },
						functionName: { __rl: true, mode: 'name', value: fromAi('functionName') },
						requestData: 'json',
						requestJson: fromAi('data', 'json'),
						...parameters,
					}),
					credentials: { weChatCloudFunctionApi: { id: CREDENTIAL_ID, name: 'Shop' } },
					...node,
				},
			],
			settings: { executionOrder: 'v1' },
			connections: {
				Chat: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				Invoke: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
		},
		[{ json: { chatInput: 'What does it cost?' } }],
		storeOf(sandbox.url, { ...SHOP_APP, ...fields }),
	);
	const read = itemsAt(run, 'Agent').map((item) => (item as { read: unknown }).read);
	return { run, read };
}

function toNode(name: string, type: string, parameters = {}): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters } as INode;
}

describe.each([
	['n8n runs the tool for the agent', 'engineAgent'],
	['the agent calls the tool itself', 'callingAgent'],
])('%s', (_, agent) => {
	test('the model reads the result, parsed; each of several calls has its own', async () => {
		const { read } = await callTool(agent, {
			calls: [
				{ functionName: 'echo', data: { reply: { total: 97.9 } } },
				{ functionName: 'echo', data: { reply: [{ sku: 'A' }, { sku: 'B' }] } },
			],
		});
		expect(read).toEqual([[{ total: 97.9 }], [{ sku: 'A' }, { sku: 'B' }]]);
	});

	test('an empty list is told as one, not as nothing', async () => {
		const { read } = await callTool(agent, {
			calls: [{ functionName: 'echo', data: { reply: [] } }],
		});
		expect(read).toEqual([[{ result: [] }]]);
	});

	test('the request data as text does as well as an object', async () => {
		const { read } = await callTool(agent, {
			calls: [{ functionName: 'echo', data: '{ "order": { "id": 7 } }' }],
			parameters: { requestJson: fromAi('data') },
		});
		expect(read).toEqual([[{ order: { id: 7 }, userInfo }]]);
	});

	test.each([undefined, 'continueRegularOutput'] as const)(
		'a failure is told with what to do about it (On Error: %s)',
		async (onError) => {
			const { read, run } = await callTool(agent, {
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
		const { read } = await callTool(agent, {
			calls: [{ functionName: 'echo', data: { sandbox: { reset: true } } }],
		});
		expect(read).toEqual([[{ error: expect.objectContaining({ mayHaveRun: true, attempts: 1 }) }]]);
		expect(sandbox.runs('echo') - before).toBeLessThanOrEqual(1);
	});

	test('branches by category do not hide a failure: an agent reads the first output only', async () => {
		const { read } = await callTool(agent, {
			calls: [{ functionName: 'echo', data: { throws: 'no stock' } }],
			parameters: { errorBranches: 'byCategory' },
		});
		expect(read).toEqual([
			[{ error: expect.objectContaining({ message: '"echo" ran and failed: no stock.' }) }],
		]);
	});

	test('with Retry On Fail and Stop Workflow a call that may have run is the answer, made once', async () => {
		const before = sandbox.runs('echo');
		const { read } = await callTool(agent, {
			calls: [{ functionName: 'echo', data: { sandbox: { half: true } } }],
			node: { onError: 'stopWorkflow', retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(read).toEqual([[{ error: expect.objectContaining({ mayHaveRun: true, attempts: 1 }) }]]);
		expect(sandbox.runs('echo') - before).toBe(1);
	});

	test('On Error = Stop Workflow ends the run', async () => {
		const { run } = await callTool(agent, {
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
	const { read } = await callTool('engineAgent', {
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
		refused('"42" is not a name a cloud function can have'),
	]);
});
