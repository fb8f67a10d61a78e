import type { INodeParameterResourceLocator, NodeApiError } from 'n8n-workflow';
import type { Sandbox } from '../../../../sandbox/server';
import { useFreshSandbox } from '../../../engine/sandbox';
import { storeOf } from '../../../engine/invokeWorkflow';
import { openList, type ListStep } from './openList';
import { SHOP_APP } from '../../../engine/accounts';

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

/** What the editor shows in place of a list. */
async function openRefused(step: ListStep): Promise<NodeApiError> {
	return await openList(step).then(
		() => {
			throw new Error('The list opened.');
		},
		(error: NodeApiError) => error,
	);
}

test.each([
	['searchEnvironments', 'getenvinfo', 48001, /^This account may not read lists/, /By ID/],
	['searchFunctions', 'listfunctions', 48001, /^This account may not read lists/, /By Name/],
	[
		'searchFunctions',
		'listfunctions',
		61007,
		/has not granted this permission/,
		/49 or 64.*By Name/,
	],
	[
		'searchEnvironments',
		'getenvinfo',
		-1,
		/^WeChat's system is busy\.$/,
		/again in a moment.*By ID/,
	],
	['searchFunctions', 'listfunctions', 77777, /does not know/, /Look up the code/],
] as const)(
	'%s: where WeChat refuses %s with %i, the editor shows that, and what to do without the list',
	async (method, call, errcode, message, description) => {
		sandbox.faults.set(call, { errcode });
		const error = await openRefused({ store: storeOf(sandbox.url), method });
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: String(errcode) });
		expect(error.message).toMatch(message);
		expect(error.description).toMatch(description);
	},
);

test('where cloud development is not opened, typing an ID is no way out', async () => {
	sandbox.faults.set('getenvinfo', { errcode: 85088 });
	const error = await openRefused({
		store: storeOf(sandbox.url),
		method: 'searchEnvironments',
	});
	expect(error.description).toMatch(/^Open cloud development/);
	expect(error.description).not.toContain('By ID');
});

test('a credential that gives no token tells its own reason', async () => {
	const store = storeOf(sandbox.url, { ...SHOP_APP, appSecret: 'sandbox-dummy-wrong' });
	const error = await openRefused({ store, method: 'searchEnvironments' });
	expect(error.message).toBe('The AppSecret is wrong.');
	expect(error.description).toMatch(/^Copy the AppSecret/);
	expect(error.description).not.toContain('By ID');
	expect(JSON.stringify(error)).not.toContain('sandbox-dummy-wrong');
});

test('no credential, no network, and an answer of somebody else: each is told as it is', async () => {
	const method = 'searchEnvironments';
	const without = await openRefused({ store: new Map(), method, withoutCredential: true });
	expect(without.message).toBe('n8n could not read the credential.');
	sandbox.faults.set('getenvinfo', { html: true });
	const html = await openRefused({ store: storeOf(sandbox.url), method });
	expect(html.message).toMatch(/^The answer is not one of WeChat's/);
	sandbox.faults.set('getenvinfo', { reset: true });
	const reset = await openRefused({ store: storeOf(sandbox.url), method });
	expect(reset.message).toBe('WeChat could not be reached for the list.');
	expect(reset.description).toMatch(/network of n8n.*By ID/);
});

const locatorOf = (
	value: INodeParameterResourceLocator['value'],
	mode: string,
): INodeParameterResourceLocator => ({ __rl: true, mode, value });

test.each([
	['nothing chosen', locatorOf('', 'list'), /^Choose an environment first\. .*By Name/],
	['an expression', locatorOf('={{ $json.env }}', 'id'), /is an expression.*By Name/],
	['an expression without a value', locatorOf(null, 'id'), /is an expression.*By Name/],
])(
	'functions with an environment that is not known (%s) ask WeChat nothing',
	async (_, environment, message) => {
		const store = storeOf(sandbox.url);
		const error = await openRefused({ store, method: 'searchFunctions', environment });
		expect(error.message).toMatch(message);
		expect(sandbox.log).toEqual([]);
	},
);

test('no secret and no token in what the editor gets, whatever WeChat says', async () => {
	const store = storeOf(sandbox.url);
	await openList({ store, method: 'searchEnvironments' });
	const [token] = sandbox.tokens.listAll();
	sandbox.faults.set('getenvinfo', { errcode: 77777, errmsg: `bad ${token} sandbox-dummy-secret` });
	const error = await openRefused({ store, method: 'searchEnvironments' });
	const shown = JSON.stringify(error) + error.message + error.stack;
	expect(shown).toContain('[removed]');
	expect(shown).not.toContain(token);
	expect(shown).not.toContain('sandbox-dummy-secret');
});
