import type { Step } from '../../../engine/invokeWorkflow';
import { startLaterServer, startReport, type LaterServer } from '../../../engine/waitingRun';

let server: LaterServer;
beforeAll(async () => {
	server = await startLaterServer();
});
afterAll(async () => await server.close());

const wait = async (step: Partial<Step> = {}) => await startReport(server, step);

/** What comes out of both branches when the function calls back with this. */
async function callBack(result: unknown, step: Partial<Step> = {}) {
	const { call, address } = await wait(step);
	const body = typeof result === 'string' ? result : JSON.stringify(result);
	const { branches } = await call(address, body);
	if (branches === undefined) throw new Error('The call was not taken.');
	return branches;
}

const batch = (parameters: Record<string, unknown> = {}): Partial<Step> => ({
	rows: [{ id: 1 }, { id: 2 }, { id: 3 }],
	parameters: { invoke: 'oncePerBatch', ...parameters },
});

test('the execution waits, and the event carries the address beside the fields of the item', async () => {
	const { run, branches, event } = await wait();
	expect(run.status).toBe('waiting');
	expect(branches).toMatchObject({ success: [], error: [] });
	expect(branches.outputs[0]).toEqual([
		{
			message: 'Waiting for "monthlyReport" to call back with its result',
			until: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
		},
	]);
	expect(event).toEqual({
		month: '2025-03',
		callbackUrl: expect.stringMatching(/\/\d+\/function-result\?.*seal=[0-9a-f]{64}$/),
	});
});

test('what the function calls back with is the result, with the item it belongs to', async () => {
	const { success, error, successSources } = await callBack({ month: '2025-03', revenue: 1 });
	expect(success).toEqual([{ month: '2025-03', revenue: 1 }]);
	expect(error).toEqual([]);
	expect(successSources).toEqual([{ month: '2025-03' }]);
});

test.each([
	['a text', '"done"', [{ result: 'done' }]],
	['null', 'null', [{ result: null }]],
	['an array', '[{"n":1},2]', [{ n: 1 }, { result: 2 }]],
	['an empty array', '[]', []],
	['a large number', '{"orderId":9007199254740993}', [{ orderId: '9007199254740993' }]],
	['a field that n8n takes for an error', '{"error":"none"}', [{ error: 'none', errcode: 0 }]],
	['a byte order mark before it', '\ufeff{"n":1}', [{ n: 1 }]],
])('%s', async (_, body, items) => {
	expect((await callBack(body)).success).toEqual(items);
});

test('Simplify, Large Numbers and Output hold as for any other result', async () => {
	const parameters = { simplify: false, options: { largeNumbers: 'number' } };
	expect((await callBack('{"n":9007199254740993}', { parameters })).success).toEqual([
		{ errcode: 0, errmsg: 'ok', resp_data: { n: 9007199254740992 } },
	]);
	const withInput = { output: 'inputFieldsAndResult' };
	expect((await callBack({ sum: 2 }, { parameters: withInput })).success).toEqual([
		{ month: '2025-03', sum: 2 },
	]);
});

test("an error in the runtime's shape is a Function Error, with its input and what was sent", async () => {
	const { success, error, errorSources } = await callBack({
		errorCode: 1,
		errorMessage: 'no data',
	});
	expect(success).toEqual([]);
	expect(error).toEqual([
		{
			month: '2025-03',
			error: expect.objectContaining({
				message: '"monthlyReport" ran and failed: no data.',
				category: 'function-error',
				mayHaveRun: true,
				attempts: 1,
				requestData: '{"callbackUrl":"[removed]","month":"2025-03"}',
			}),
		},
	]);
	expect(errorSources).toEqual([{ month: '2025-03' }]);
});

test.each([
	{ errorCode: -1, errorMessage: 'Invoking task timed out after 3 seconds' },
	{ errorCode: 1, errorMessage: 'x', statusCode: 432, requestId: '1' },
	{ errorCode: 1, errorMessage: 'x', statusCode: 434 },
])('what the function says of the platform does not hide that it has run: %j', async (result) => {
	const failed = { category: 'function-error', mayHaveRun: true };
	expect((await callBack(result)).error).toMatchObject([{ error: failed }]);
	const { error } = await callBack([result, 1, 2], batch());
	expect(error).toMatchObject([{ error: failed }]);
});

test('a result that does not pass the Result Check is a Function Error', async () => {
	const resultCheck = { check: { field: 'code', successValues: '0' } };
	const { error } = await callBack({ code: 7 }, { parameters: { options: { resultCheck } } });
	expect(error).toMatchObject([
		{ month: '2025-03', error: { category: 'function-error', result: { code: 7 } } },
	]);
});

describe('a batch', () => {
	test('all items go into one call, with the address beside them', async () => {
		const { event } = await wait(batch({ batchSize: 1, options: { callbackField: 'reply' } }));
		expect(event).toEqual({
			reply: expect.stringContaining('seal='),
			items: [{ id: 1 }, { id: 2 }, { id: 3 }],
		});
	});

	test.each(['callback', '={{ "callback" }}'])(
		'however many there are, they are one batch (%s)',
		async (invocationType) => {
			const rows = Array.from({ length: 60 }, (_, id) => ({ id }));
			const parameters = { invocationType, invoke: 'oncePerBatch', batchSize: 7 };
			const { events, branches } = await wait({ rows, parameters });
			expect(branches.error).toEqual([]);
			expect(events).toMatchObject([{ items: rows }]);
		},
	);

	test('an array as long as the batch is read element by element', async () => {
		const result = [{ n: 1 }, { errorCode: 1, errorMessage: 'bad row' }, { n: 3 }];
		const { success, error } = await callBack(result, batch());
		expect(success).toEqual([{ n: 1 }, { n: 3 }]);
		expect(error).toMatchObject([
			{ id: 2, error: { message: expect.stringContaining('bad row') } },
		]);
	});

	test('every failure has its own input beside it, without Simplify as well', async () => {
		const result = [{ n: 1 }, { n: 2 }, { errorCode: 1, errorMessage: 'bad row' }];
		const { success, error } = await callBack(result, batch({ simplify: false }));
		expect(success.map((item) => (item as { resp_data: unknown }).resp_data)).toEqual([
			{ n: 1 },
			{ n: 2 },
		]);
		expect(error).toMatchObject([{ id: 3, error: { category: 'function-error' } }]);
	});

	test('an error for the whole batch is the error of each of its items', async () => {
		const { error } = await callBack({ errorCode: 1, errorMessage: 'no data' }, batch());
		expect(error.map(({ id }) => id)).toEqual([1, 2, 3]);
	});
});

test('On Error = Stop can not stop any more: the failure leaves through Success', async () => {
	const { success, run } = await callBack(
		{ errorCode: 1, errorMessage: 'no data' },
		{ onError: 'stopWorkflow' },
	);
	expect(run.status).toBe('success');
	expect(success).toEqual([{ error: expect.objectContaining({ category: 'function-error' }) }]);
});
