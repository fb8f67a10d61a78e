import { openAgentN8n, WRONG_SECRET, type AgentN8n } from './harness/agentN8n';
import { OPEN_TIMEOUT_MS, TEST_TIMEOUT_MS } from './harness/realN8n';
import { testSince } from './harness/testSince';
import { SHOP_APP } from '../engine/accounts';

jest.setTimeout(TEST_TIMEOUT_MS);

const userInfo = { appId: SHOP_APP.appId };

let agent: AgentN8n;

beforeAll(async () => {
	agent = await openAgentN8n();
}, OPEN_TIMEOUT_MS);

afterAll(async () => await agent.close());

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
		const [{ tools = [] }] = agent.model.listRequests('price it');
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
	expect(agent.readResults('price it')).toEqual([[result]]);
	expect(agent.readOutput('price it')).toContain('"total":76.4');
});

test('the example: what the function refuses reaches the model in its own words', () => {
	expect(agent.readResults('no such coupon')).toEqual([
		failed({
			message: '"orderTotal" ran and failed: coupon "NOTHING50" does not exist.',
			category: 'function-error',
		}),
	]);
});

test.each(['as an object', 'as text'] as const)('request data %s', (prompt) => {
	expect(agent.readResults(prompt)).toEqual([[{ order: { id: 7 }, userInfo }]]);
});

test('several calls in one turn: each has its own answer', () => {
	expect(agent.readResults('several at once')).toEqual([
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
		expect(agent.readResults(prompt)).toEqual([
			failed({ hint: expect.stringMatching(/\w+\.$/), ...fields }),
		]);
		expect(agent.readOutput(prompt)).toContain('"hint":');
	},
);

test('a call whose outcome is unknown was made once', () => {
	expect(agent.real.sandbox.log.filter(({ key }) => key === 'cut')).toHaveLength(1);
});

test('an agent that calls its tools itself reads the same', () => {
	expect(agent.readResults('an older agent')).toEqual([
		[{ total: 76 }],
		failed({ errcode: -501000, hint: expect.stringMatching(/\w+\.$/) }),
	]);
});

test("the model's arguments replace fields of $json, but not those of a node that is named", () => {
	expect(agent.readResults('I am somebody else')).toEqual([
		[{ unsafe: 'somebody else', safe: 'whom the workflow knows', userInfo }],
	]);
});

test('no secret and no token reaches the model', () => {
	const sent = JSON.stringify(agent.model.requests);
	const secrets = [SHOP_APP.appSecret, WRONG_SECRET, ...agent.real.sandbox.tokens.listAll()];
	expect(secrets.filter((secret) => sent.includes(secret))).toEqual([]);
});
