import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const withId = { options: { invocationIdField: 'callId', maxTries: 3 } };
const ids = (items: unknown[]) => items.map((item) => (item as { callId: string }).callId);

test('the function gets an id in the field that is named, another one for each item', async () => {
	const { success } = await runInvoke({
		store: storeOf(sandbox.url),
		rows: [{ a: 1 }, { a: 1 }],
		parameters: withId,
	});
	const [first, second] = ids(success);
	expect(first).toMatch(/^[0-9a-f]{32}$/);
	expect(second).toMatch(/^[0-9a-f]{32}$/);
	expect(second).not.toBe(first);
});

test("it stays the same over the node's own tries, n8n's Retry On Fail, and n8n's recovery of the execution", async () => {
	jest.spyOn(Math, 'random').mockReturnValue(0);
	const runWith = async (sandboxField: object, node: object) => {
		const { success } = await runInvoke({
			store: storeOf(sandbox.url),
			rows: [{ sandbox: sandboxField }],
			parameters: withId,
			node,
		});
		expect(success).toHaveLength(1);
		return ids(success)[0];
	};
	// The same execution id each time, as after a recovery.
	const plain = await runWith({ delayMs: 0 }, {});
	const retried = await runWith({ errcode: -1, times: 2 }, {});
	const onFail = await runWith(
		{ errcode: 40097, times: 1 },
		{ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
	);
	jest.restoreAllMocks();
	expect(new Set([plain, retried, onFail]).size).toBe(1);
});

test('nothing is added where no field is named', async () => {
	const { success } = await runInvoke({ store: storeOf(sandbox.url), rows: [{ a: 1 }] });
	expect(Object.keys(success[0] as object)).toEqual(['a', 'userInfo']);
});
