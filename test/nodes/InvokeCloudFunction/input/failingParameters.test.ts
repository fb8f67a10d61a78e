import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { countInvocations } from '../../../engine/counting';
import { runInvoke, storeOf, type OnError } from '../../../engine/invokeWorkflow';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

/** Fails for the rows that say so, as an item that can't be traced back does. */
const failing = (otherwise: string) =>
	`={{ $json.broken ? $("No Such Node").item.json.x : ${otherwise} }}`;
const field = (name: string, value: string) => ({
	requestData: 'fields',
	requestFields: { assignments: [{ id: '1', name, value, type: 'string' }] },
});

const rows = [{ id: 'a' }, { id: 'b', broken: true }, { id: 'c' }];

test.each([
	['Environment', { environment: failing('"shop-demo"') }],
	['Function', { functionName: failing('"echo"') }],
	['Request Data', { requestData: failing('"allFields"') }],
	['JSON', { requestData: 'json', requestJson: failing('{ reply: "a" }') }],
	['the field "reply"', field('reply', failing('"a"'))],
	['the name of a field', field(failing('"reply"'), 'a')],
	['Invocation Type', { invocationType: failing('"wait"') }],
	['Delay (Seconds)', { invocationType: 'later', delaySeconds: failing('6') }],
	['Simplify', { simplify: failing('true') }],
	['the option Timeout', { options: { timeout: failing('9000') } }],
	['the option Max Tries', { options: { maxTries: failing('2') } }],
	['the option Safe to Repeat', { options: { safeToRepeat: failing('true') } }],
	['the option Large Numbers', { options: { largeNumbers: failing('"string"') } }],
	['the option Dot Notation', { ...field('a', 'b'), options: { dotNotation: failing('true') } }],
	['the option Invocation ID Field', { options: { invocationIdField: failing('"id"') } }],
	[
		'the option Result Check',
		{ options: { resultCheck: { check: { field: failing('"id"'), successValues: 'a,c' } } } },
	],
])(
	'%s with an expression that fails: an error of that item which names it, sent nothing, the others unharmed',
	async (called, parameters) => {
		const before = sandbox.log.length;
		const { success, error } = await runInvoke({ store: storeOf(sandbox.url), rows, parameters });
		expect(success).toHaveLength(2);
		expect(error).toHaveLength(1);
		expect(error[0]).toMatchObject({ broken: true, error: { attempts: 0, mayHaveRun: false } });
		expect(error[0].error.message).toContain(`the expression in ${called} failed: Referenced node`);
		expect(error[0].error.hint).toContain(`correct the expression in ${called}.`);
		const calls = sandbox.log.slice(before).filter(({ path }) => path.startsWith('/tcb/'));
		expect(calls).toHaveLength(2);
	},
);

test.each<[string, Record<string, unknown>]>([
	['Invoke', { invoke: failing('"oncePerItem"') }],
	['Batch Size', { invoke: 'oncePerBatch', batchSize: failing('2') }],
	['Output', { output: failing('"result"') }],
	['the option Concurrency', { options: { concurrency: failing('5') } }],
	['the option Requests per Second', { options: { requestsPerSecond: failing('5') } }],
	['the option Credential per Item', { options: { credentialPerItem: failing('false') } }],
])(
	'%s with an expression that fails: an error of every item, and nothing is sent',
	async (called, parameters) => {
		const before = countInvocations(sandbox);
		for (const onError of ['continueErrorOutput', 'continueRegularOutput'] as OnError[]) {
			const { outputs } = await runInvoke({
				store: storeOf(sandbox.url),
				rows: [{ id: 1, broken: true }, { id: 2 }],
				parameters,
				onError,
			});
			const items = outputs.flat();
			expect(items).toHaveLength(2);
			for (const { error } of items) {
				expect(error.message).toContain(`the expression in ${called} failed: Referenced node`);
				expect(error).toMatchObject({ attempts: 0, environment: 'shop-demo', function: 'echo' });
			}
		}
		expect(countInvocations(sandbox)).toBe(before);
	},
);

test('with Stop Workflow it is the error that stops, with its hint', async () => {
	const { run } = await runInvoke({
		store: storeOf(sandbox.url),
		rows: [{ broken: true }],
		parameters: { options: { concurrency: failing('5') } },
		onError: 'stopWorkflow',
	});
	const { error } = run.data.resultData;
	expect(error?.message).toContain('the expression in the option Concurrency failed');
	expect(error?.description).toContain('correct the expression in the option Concurrency.');
});

test('an expression with an error in its syntax says where it stands', async () => {
	const { error } = await runInvoke({
		store: storeOf(sandbox.url),
		rows: [{}],
		parameters: { requestData: 'json', requestJson: '={{ nonsense( }}' },
	});
	expect(error[0].error).toMatchObject({
		message: '"echo" was not run: the expression in JSON failed: invalid syntax.',
		hint: 'Open the node and correct the expression in JSON.',
	});
});
