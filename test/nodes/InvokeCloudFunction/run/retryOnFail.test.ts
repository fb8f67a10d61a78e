import type { Sandbox } from '../../../../sandbox/server';
import { countInvocations } from '../../../engine/counting';
import { useFreshSandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf, type OnError } from '../../../engine/invokeWorkflow';

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const threeTries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

async function run(rows: unknown[], onError: OnError = 'continueErrorOutput', options = {}) {
	return await runInvoke({
		store: storeOf(sandbox.url),
		rows,
		onError,
		node: threeTries,
		parameters: { options },
	});
}

const failing = { id: 'bad', throws: 'no stock' };

test.each<OnError>(['continueErrorOutput', 'continueRegularOutput'])(
	'three items, the first failing, three tries: 5 invocations (%s)',
	async (onError) => {
		const { outputs } = await run([failing, { reply: 1 }, { reply: 2 }], onError);
		expect(countInvocations(sandbox)).toBe(5);
		const items = outputs.flat();
		expect(items.filter(({ error }) => error === undefined)).toEqual([
			{ result: 1 },
			{ result: 2 },
		]);
		expect(items.filter(({ error }) => error !== undefined)).toHaveLength(1);
	},
);

test('with On Error = Stop Workflow the items before the failing one are not invoked again', async () => {
	const rows = [{ reply: 1 }, failing, { reply: 2 }];
	const { run: result } = await run(rows, 'stopWorkflow', { concurrency: 1 });
	expect(result.status).toBe('error');
	expect(countInvocations(sandbox)).toBe(1 + 3);
});

test('an item that fails at first and then succeeds comes out once', async () => {
	const rows = [{ reply: 'fine', sandbox: { errcode: 40097, times: 1 } }, { reply: 'other' }];
	const { success, error } = await run(rows);
	expect(error).toEqual([]);
	expect(success).toEqual([{ result: 'fine' }, { result: 'other' }]);
	expect(countInvocations(sandbox)).toBe(3);
});

test('a call whose outcome is unknown is not repeated, unless the user says it is safe', async () => {
	const unknown = { reply: 'fine', sandbox: { reset: true, times: 1 } };
	const first = await run([unknown]);
	expect(first.error[0].error).toMatchObject({ category: 'outcome-unknown', attempts: 1 });
	expect(countInvocations(sandbox)).toBe(1);
	const options = { safeToRepeat: true, maxTries: 1 };
	const second = await run([{ ...unknown, again: true }], 'continueErrorOutput', options);
	expect(second.success).toEqual([{ result: 'fine' }]);
	expect(countInvocations(sandbox)).toBe(3);
});

test.each([
	['all tries fail', [failing, { reply: 1 }]],
	['all succeed', [{ reply: 1 }]],
	['n8n does not try again, as its first item is fine', [{ reply: 1 }, failing]],
])('nothing of it is saved with the execution at its end: %s', async (_, rows) => {
	const { run: result } = await run(rows);
	expect(JSON.stringify(result.data.executionData?.contextData)).not.toContain('doneBeforeRetry');
});

test.each<[string, unknown]>([
	['an empty text', ''],
	['0', 0],
	['null', null],
	['false', false],
	['a text', 'shown'],
])('results that hold %s in a field error are not called for again', async (_, error) => {
	const rows = [1, 2, 3].map((id) => ({ reply: { error, id } }));
	const { success } = await run(rows);
	expect(success).toEqual([1, 2, 3].map((id) => ({ error, id })));
	expect(countInvocations(sandbox)).toBe(3);
});

test.each(['single', 'byCategory'])(
	'rows with an empty column error, put beside the results, are called for once (%s)',
	async (errorBranches) => {
		const rows = [1, 2, 3].map((id) => ({ error: '', reply: { id } }));
		const { outputs } = await runInvoke({
			store: storeOf(sandbox.url),
			rows,
			node: threeTries,
			parameters: { errorBranches, options: { includeInputFields: true } },
		});
		expect(outputs[0]).toHaveLength(3);
		expect(countInvocations(sandbox)).toBe(3);
	},
);
