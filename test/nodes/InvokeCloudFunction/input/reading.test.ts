import { ExecuteContext } from 'n8n-core';
import type { Sandbox } from '../../../../sandbox/server';
import { TestCredentialsHelper } from '../../../engine/core/credentialsHelper';
import { useFreshSandbox } from '../../../engine/sandbox';
import { countTokenRequests, makeRows } from '../../../engine/counting';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';
import { SHOP_APP } from '../../../engine/accounts';

let sandbox: Sandbox;
useFreshSandbox((given) => {
	sandbox = given;
});
afterEach(() => jest.restoreAllMocks());

const assignment = (name: string, value: unknown) => ({ id: name, name, value, type: 'string' });

/** An item that counts how often n8n looks at its field `watched`. */
function makeWatchedRow() {
	const row = {
		looks: 0,
		get watched() {
			row.looks += 1;
			return `look ${row.looks}`;
		},
	};
	return row;
}

test('the credential is read once for all items, and so is a token requested', async () => {
	const reads = jest.spyOn(TestCredentialsHelper.prototype, 'getDecrypted');
	const { success } = await runInvoke({ store: storeOf(sandbox.url), rows: makeRows(20) });
	expect(success).toHaveLength(20);
	expect(reads).toHaveBeenCalledTimes(1);
	expect(countTokenRequests(sandbox)).toBe(1);
});

test('with Credential per Item it is read once for every item', async () => {
	const reads = jest.spyOn(TestCredentialsHelper.prototype, 'getDecrypted');
	const { success } = await runInvoke({
		store: storeOf(sandbox.url, { ...SHOP_APP, appId: '={{ $json.appId }}' }),
		rows: makeRows(20).map((row) => ({ ...row, appId: SHOP_APP.appId })),
		parameters: { options: { credentialPerItem: true } },
	});
	expect(success).toHaveLength(20);
	expect(reads).toHaveBeenCalledTimes(20);
	expect(countTokenRequests(sandbox)).toBe(1);
});

test('a parameter without expressions is read once for all items', async () => {
	const reads = jest.spyOn(ExecuteContext.prototype, '_getNodeParameter' as never);
	const { success } = await runInvoke({
		store: storeOf(sandbox.url),
		rows: makeRows(20),
		parameters: {
			requestData: 'fields',
			requestFields: { assignments: [assignment('reply', '={{ $json.reply + 1 }}')] },
			options: { timeout: 5000, concurrency: 2 },
		},
	});
	expect(success).toHaveLength(20);
	const names = reads.mock.calls
		.filter((_, i) => (reads.mock.contexts[i] as ExecuteContext).getNode().name === 'Invoke')
		.map((call) => String((call as unknown[])[0]));
	const counts = new Map(names.map((name) => [name, names.filter((n) => n === name).length]));
	expect(counts.get('requestFields.assignments.0.value')).toBe(20);
	counts.delete('requestFields.assignments.0.value');
	expect(counts.size).toBeGreaterThan(10);
	expect([...counts.values()].filter((count) => count !== 1)).toEqual([]);
});

test.each([
	['a field', { requestFields: { assignments: [assignment('a', '={{ $json.watched }}')] } }],
	['the environment', { environment: '={{ "shop-demo" + $json.watched.slice(0, 0) }}' }],
	['the function', { functionName: '={{ "echo" + $json.watched.slice(0, 0) }}' }],
	['JSON', { requestData: 'json', requestJson: '={{ { a: $json.watched } }}' }],
	['Simplify', { simplify: '={{ $json.watched.slice(0) === "" }}' }],
	['an option of each item', { options: { timeout: '={{ $json.watched.length * 1000 }}' } }],
	['an option of the run', { options: { concurrency: '={{ $json.watched.length + 1 }}' } }],
])('an expression in %s is evaluated once', async (_, parameters) => {
	// The harness looks at the whole item as well, to trace it back.
	expect((await countLooks(parameters)) - (await countLooks({}))).toBe(1);
});

async function countLooks(parameters: object): Promise<number> {
	const row = makeWatchedRow();
	const noFields = { requestData: 'fields', requestFields: { assignments: [] } };
	const { success } = await runInvoke({
		store: storeOf(sandbox.url),
		rows: [row],
		parameters: { ...noFields, ...parameters },
	});
	expect(success).toHaveLength(1);
	return row.looks;
}
