import { listItems, type Execution } from '../../../n8n/execution';
import { SHOP_APP } from '../../engine/accounts';
import { credentialOf, openRealN8n, readExample, type RealN8n } from './realN8n';
import { listToolResults, startModelServer } from './servers/modelServer';
import {
	askExample,
	buildAgentWorkflow,
	fromAi,
	modelCredential,
	type AgentWorkflow,
} from './workflows/agentWorkflow';

export const WRONG_SECRET = 'sandbox-dummy-wrong';
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

export type Prompt = keyof typeof script;

/** A real n8n in which an agent has been told each of the prompts. */
export interface AgentN8n {
	real: RealN8n;
	model: Awaited<ReturnType<typeof startModelServer>>;
	/** What the tool gave for each call, as the model was sent it. */
	readResults(prompt: Prompt): unknown[];
	/** What the user gets to read in the end. */
	readOutput(prompt: Prompt): unknown;
	close(): Promise<void>;
}

export async function openAgentN8n(): Promise<AgentN8n> {
	const real = await openRealN8n();
	const model = await startModelServer(script);
	const { n8n, sandbox } = real;
	await n8n.importCredentials([
		{ ...credentialOf('wechatSandboxDemo', sandbox.url, SHOP_APP), name: 'WeChat Sandbox' },
		credentialOf('wrong', sandbox.url, { ...SHOP_APP, appSecret: WRONG_SECRET }),
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
	const executions = await n8n.executeBatch(workflows.map(({ id }) => id));

	function readResults(prompt: Prompt): unknown[] {
		const last = model.listRequests(prompt).at(-1);
		if (last === undefined) throw new Error(JSON.stringify(executions.get(toId(prompt))));
		return listToolResults(last).map((text) => JSON.parse(text) as unknown);
	}

	function readOutput(prompt: Prompt): unknown {
		return listItems(executions.get(toId(prompt)) as Execution, 'AI Agent')[0]?.output;
	}

	async function close(): Promise<void> {
		await real.close();
		await model.close();
	}

	return { real, model, readResults, readOutput, close };
}

function toId(prompt: Prompt): string {
	return `${prompt.replace(/ /g, '-')}-1`;
}
