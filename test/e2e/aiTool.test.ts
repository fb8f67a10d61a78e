import { listItems, type Execution } from '../../n8n/execution';
import {
	askExample,
	buildAgentWorkflow,
	fromAi,
	modelCredential,
	type AgentWorkflow,
} from './harness/workflows/agentWorkflow';
import { listToolResults, startModelServer } from './harness/servers/modelServer';
import { testSince } from './harness/testSince';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	readExample,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from './harness/realN8n';

jest.setTimeout(TEST_TIMEOUT_MS);

const shopApp = { appId: 'wx-sandbox-shop', appSecret: 'sandbox-dummy-secret' };
const wrongSecret = 'sandbox-dummy-wrong';
const userInfo = { appId: shopApp.appId };
const order = { items: [{ name: 'tea', price: 38, quantity: 2 }], coupon: 'WELCOME10' };

/** What the user says, and what the model then gives to the tool. */
const script = {
	'price it': [order],
	'no such coupon': [{ ...order, coupon: 'NOTHING50' }],
	'as an object': [{ functionName: 'echo', data: { order: { id: 7 } } }],
	'as text': [{ functionName: 'echo', data: '{ "order": { "id": 7 } }' }],
	'several at once': [
		{ functionName: 'echo', data: { reply: 'first' } },
		{ functionName: 'noSuchFunction', data: { reply: 'second' } },
		{ functionName: 'echo', data: { reply: [{ sku: 'A' }, { sku: 'B' }] } },
	],
	'not accepted': [{ functionName: 'echo', data: { sandbox: { errcode: -501007 } } }],
	'it throws': [{ functionName: 'echo', data: { throws: 'no stock' } }],
	'cut off': [{ functionName: 'echo', data: { sandbox: { reset: true }, itemKey: 'cut' } }],
	'wrong secret': [{ functionName: 'echo', data: { id: 1 } }],
	'by category': [{ functionName: 'echo', data: { throws: 'no stock' } }],
	'I am somebody else': [{ functionName: 'echo', data: { id: 1 }, user: 'somebody else' }],
	'an older agent': [
		{ functionName: 'echo', data: { reply: { total: 76 } } },
		{ functionName: 'noSuchFunction', data: { id: 1 } },
	],
};

type Prompt = keyof typeof script;

let real: RealN8n;
let model: Awaited<ReturnType<typeof startModelServer>>;
let executions: Map<string, Execution>;

beforeAll(async () => {
	real = await openRealN8n();
	model = await startModelServer(script);
	const { n8n, sandbox } = real;
	await n8n.importCredentials([
		{ ...credentialOf('wechatSandboxDemo', sandbox.url, shopApp), name: 'WeChat Sandbox' },
		credentialOf('wrong', sandbox.url, { ...shopApp, appSecret: wrongSecret }),
		modelCredential(model.url),
	]);
	const example = await readExample('agent-with-function.json');
	const ask = (prompt: Prompt, others: Partial<AgentWorkflow> = {}) =>
		buildAgentWorkflow({
			id: toId(prompt),
			prompt,
			credentialId: 'wechatSandboxDemo',
			...others,
		});
	const workflows = [
		askExample(example, toId('price it'), 'price it'),
		askExample(example, toId('no such coupon'), 'no such coupon'),
		ask('as an object'),
		ask('as text', { parameters: { requestJson: fromAi('data', 'A JSON object') } }),
		ask('several at once'),
		ask('not accepted'),
		ask('it throws'),
		ask('cut off'),
		ask('wrong secret', { credentialId: 'wrong' }),
		ask('by category', { parameters: { errorBranches: 'byCategory' } }),
		ask('I am somebody else', {
			parameters: {
				requestJson:
					"={{ ({ unsafe: $json.user, safe: $('Start').item.json.user ?? 'whom the workflow knows' }) }}",
			},
		}),
		ask('an older agent', { agentVersion: 2.2 }),
	];
	await n8n.importWorkflows(workflows);
	executions = await n8n.executeBatch(workflows.map(({ id }) => id));
}, OPEN_TIMEOUT_MS);

afterAll(async () => {
	await real.close();
	await model.close();
});

function toId(prompt: Prompt): string {
	return `${prompt.replace(/ /g, '-')}-1`;
}

/** What the tool gave for each call, as the model was sent it. */
function readResults(prompt: Prompt): unknown[] {
	const last = model.listRequests(prompt).at(-1);
	if (last === undefined) throw new Error(JSON.stringify(executions.get(toId(prompt))));
	return listToolResults(last).map((text) => JSON.parse(text) as unknown);
}

/** What the user gets to read in the end. */
function readOutput(prompt: Prompt): unknown {
	return listItems(executions.get(toId(prompt)) as Execution, 'AI Agent')[0]?.output;
}

const failed = (fields: object) => [{ error: expect.objectContaining(fields) }];

const garbled = {
	notOn: '2.20.12',
	because:
		'npm installs n8n 2.20.12 with two releases of zod today, and the description of a tool reaches the model garbled; calls of the tool work',
};

testSince(
	garbled,
	'the model is offered the parameters it may fill, and told what they mean',
	() => {
		const [{ tools = [] }] = model.listRequests('price it');
		expect(tools.map(({ function: offered }) => offered)).toEqual([
			expect.objectContaining({
				name: 'Price_an_Order',
				description: expect.stringMatching(/^Works out what an order costs: /),
			}),
		]);
		expect(tools[0].function.parameters).toMatchObject({
			properties: {
				items: { description: expect.stringMatching(/^What is ordered: /) },
				coupon: { type: 'string', description: expect.stringMatching(/^The code of a coupon/) },
			},
			required: ['items', 'coupon'],
		});
	},
);

test('the example: the function is called with what the model gave, and its result reaches the model', () => {
	const result = { itemCount: 2, subtotal: 76, discount: 7.6, shipping: 8, total: 76.4 };
	expect(readResults('price it')).toEqual([[result]]);
	expect(readOutput('price it')).toContain('"total":76.4');
});

test('the example: what the function refuses reaches the model in its own words', () => {
	expect(readResults('no such coupon')).toEqual([
		failed({
			message: '"orderTotal" ran and failed: coupon "NOTHING50" does not exist.',
			category: 'function-error',
		}),
	]);
});

test.each(['as an object', 'as text'] as const)('request data %s', (prompt) => {
	expect(readResults(prompt)).toEqual([[{ order: { id: 7 }, userInfo }]]);
});

test('several calls in one turn: each has its own answer', () => {
	expect(readResults('several at once')).toEqual([
		[{ result: 'first' }],
		failed({ errcode: -501000, function: 'noSuchFunction' }),
		[{ sku: 'A' }, { sku: 'B' }],
	]);
});

test.each([
	[
		'not accepted',
		{ errcode: -501007, mayHaveRun: false, message: expect.stringContaining('was not run: ') },
	],
	[
		'it throws',
		{ mayHaveRun: true, message: '"echo" ran and failed: no stock.', category: 'function-error' },
	],
	[
		'cut off',
		{
			mayHaveRun: true,
			category: 'outcome-unknown',
			message: expect.stringContaining('may have run'),
		},
	],
	['wrong secret', { errcode: 40125, mayHaveRun: false, category: 'credential-invalid' }],
	['by category', { mayHaveRun: true, category: 'function-error' }],
] as const)(
	'%s: the model reads what happened, whether the function ran, and what to do',
	(prompt, fields) => {
		expect(readResults(prompt)).toEqual([
			failed({ hint: expect.stringMatching(/\w+\.$/), ...fields }),
		]);
		expect(readOutput(prompt)).toContain('"hint":');
	},
);

test('a call whose outcome is unknown was made once', () => {
	expect(real.sandbox.log.filter(({ key }) => key === 'cut')).toHaveLength(1);
});

test('an agent that calls its tools itself reads the same', () => {
	expect(readResults('an older agent')).toEqual([
		[{ total: 76 }],
		failed({ errcode: -501000, hint: expect.stringMatching(/\w+\.$/) }),
	]);
});

test("the model's arguments replace fields of $json, but not those of a node that is named", () => {
	expect(readResults('I am somebody else')).toEqual([
		[{ unsafe: 'somebody else', safe: 'whom the workflow knows', userInfo }],
	]);
});

test('no secret and no token reaches the model', () => {
	const sent = JSON.stringify(model.requests);
	const secrets = [shopApp.appSecret, wrongSecret, ...real.sandbox.tokens.listAll()];
	expect(secrets.filter((secret) => sent.includes(secret))).toEqual([]);
});
