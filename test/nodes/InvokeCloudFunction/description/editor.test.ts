import { NodeHelpers, Workflow, type INodeParameters } from 'n8n-workflow';
import { InvokeCloudFunction } from '../../../../nodes/InvokeCloudFunction/InvokeCloudFunction.node';
import { nodeTypes } from '../../../engine/core/nodeTypes';

const { description } = new InvokeCloudFunction();

/** What an expression of the node's description gives, as n8n evaluates it for a node in the editor. */
function evaluate(expression: string, parameters: INodeParameters): unknown {
	const workflow = new Workflow({
		nodes: [
			{
				id: 'node',
				name: 'Invoke',
				type: 'n8n-nodes-wechat-cloud-function.invokeCloudFunction',
				typeVersion: 1,
				position: [0, 0],
				parameters,
			},
		],
		connections: {},
		active: false,
		nodeTypes,
	});
	const node = workflow.nodes.Invoke;
	return workflow.expression.getSimpleParameterValue(node, expression, 'internal', {});
}

const locator = (mode: string, value: string, cachedResultName?: string) => ({
	__rl: true as const,
	mode,
	value,
	cachedResultName,
});

describe('below the node stand the function and its environment', () => {
	test.each([
		[
			'chosen from the lists',
			locator('list', 'echo', 'echo (Updating)'),
			locator('list', 'shop', 'Shop (shop)'),
			'echo · shop',
		],
		['typed', locator('name', 'echo'), locator('id', 'shop'), 'echo · shop'],
		['as the editor hands them over', 'echo', 'shop', 'echo · shop'],
		[
			'given by expressions',
			locator('name', '={{ "ec" + "ho" }}'),
			locator('id', 'shop'),
			'echo · shop',
		],
		['only the environment', locator('list', ''), locator('id', 'shop'), 'shop'],
		['neither', locator('list', ''), locator('list', ''), ''],
	])('%s', (_, functionName, environment, shown) => {
		const given = { functionName, environment };
		expect(evaluate(String(description.subtitle), given)).toBe(shown);
	});
});

describe('that WeChat waits no longer than 5 seconds is said where it matters', () => {
	const isSaid = (parameters: INodeParameters) =>
		Boolean(evaluate(String(description.hints?.[0].displayCondition), parameters));

	test.each([
		['a Timeout above the usual', { options: { timeout: 20_000 } }, true],
		['the usual Timeout', { options: { timeout: 10_000 } }, false],
		['no Timeout', {}, false],
		[
			'a function that runs later',
			{ invocationType: 'later', options: { timeout: 20_000 } },
			false,
		],
	])('%s: %s', (_, parameters, said) => {
		expect(isSaid(parameters)).toBe(said);
		expect(description.hints?.[0].message).toContain('WeChat itself waits 5 seconds');
	});
});

test('a new node starts with the lists, and n8n runs it whatever is chosen', () => {
	const locators = description.properties.filter(({ type }) => type === 'resourceLocator');
	expect(locators.map(({ name }) => name)).toEqual(['environment', 'functionName']);
	for (const { default: value, required, modes } of locators) {
		expect(value).toEqual({ mode: 'list', value: '' });
		expect(required).toBeUndefined();
		expect(modes?.filter(({ validation }) => validation)).toEqual([]);
	}
	expect(locators.map(({ modes }) => modes?.map(({ name }) => name))).toEqual([
		['list', 'id'],
		['list', 'name'],
	]);
});

test('an option that was added and left empty is in what the editor stores, so that its item can fail', () => {
	const options = {
		resultCheck: {},
		invocationIdField: '',
		downloadFiles: '',
	};
	const stored = NodeHelpers.getNodeParameters(
		description.properties,
		{ options },
		false,
		false,
		null,
		description,
	);
	expect(stored?.options).toEqual(options);
});
