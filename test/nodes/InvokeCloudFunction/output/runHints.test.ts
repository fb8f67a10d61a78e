import type { Sandbox } from '../../../../sandbox/server';
import { useFreshSandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

/** What the editor shows over the node's output after the run. */
async function readHints(rows: unknown[], parameters: Record<string, unknown> = {}) {
	const { run } = await runInvoke({ store: storeOf(sandbox.url), rows, parameters });
	const hints = run.data.resultData.runData.Invoke[0].hints ?? [];
	expect(hints.every(({ location }) => location === 'outputPane')).toBe(true);
	return hints.map(({ message }) => message);
}

const EMPTY = { reply: [] };

test('an empty array leaves nothing: said once for all items', async () => {
	expect(await readHints([EMPTY, { reply: [1, 2] }, EMPTY])).toEqual([
		expect.stringMatching(/^The function returned an empty array for 2 input items, .*Simplify/),
	]);
	expect(await readHints([EMPTY])).toEqual([expect.stringContaining('for 1 input item,')]);
});

test('an array of another length than its batch is said to belong to all of it', async () => {
	const envelope = { errcode: 0, errmsg: 'ok', resp_data: '[1,2]' };
	sandbox.faults.set('echo', { status: 200, body: JSON.stringify(envelope) });
	const rows = [1, 2, 3, 4, 5].map((id) => ({ id }));
	const invoke = 'oncePerBatch';
	expect(await readHints(rows, { invoke, batchSize: 3 })).toEqual([
		expect.stringMatching(/^For 1 batch the function returned an array of another length/),
	]);
	expect(await readHints(rows.slice(1), { invoke, batchSize: 2 })).toEqual([]);
});

test('failed items that left through outputs of their own are counted there', async () => {
	const rows = [{}, { throws: 'no' }, { sandbox: { errcode: 40097 } }, { throws: 'no' }];
	expect(await readHints(rows, { errorBranches: 'byCategory' })).toEqual([
		expect.stringMatching(/^Items failed .*: Function Error \(2\), Fix Setup \(1\)\. Connect/),
	]);
});

test.each([
	['results that are no arrays', [{ reply: 1 }, { reply: { a: 1 } }], {}],
	['arrays that became items', [{ reply: [1, 2] }], {}],
	['raw results', [EMPTY], { simplify: false }],
	['failures on the Error output', [{ throws: 'no' }], {}],
	['no failure', [{ reply: 1 }], { errorBranches: 'byCategory' }],
])('%s need no hint', async (_, rows, parameters) => {
	expect(await readHints(rows, parameters)).toEqual([]);
});
