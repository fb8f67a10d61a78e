import { itemsWithFiles } from '../files/storedFiles';
import { CREDENTIAL_ID, storeOf, type Step } from '../../../engine/invokeWorkflow';
import {
	LATER_PATH,
	startLaterServer,
	startReport,
	type LaterServer,
} from '../../../engine/waitingRun';

let server: LaterServer;
beforeAll(async () => {
	server = await startLaterServer();
});
afterAll(async () => await server.close());

const wait = async (step: Partial<Step> = {}) => await startReport(server, step);

test('the address takes the place of a field of the same name, and a hint says so', async () => {
	const { run, event } = await wait({ rows: [{ callbackUrl: 'mine', a: 1 }] });
	expect(event).toEqual({ a: 1, callbackUrl: expect.stringContaining('seal=') });
	const hints = run.data.resultData.runData.Invoke[0].hints?.map(({ message }) => message);
	expect(hints).toEqual([expect.stringContaining('took the place of the field callbackUrl')]);
});

test('an item without fields is sent with the address alone', async () => {
	expect((await wait({ rows: [{}] })).event).toEqual({
		callbackUrl: expect.stringContaining('seal='),
	});
});

test.each(['callback', '={{ "callback" }}'])(
	'Error Branches is Single (%s)',
	async (invocationType) => {
		const { branches } = await wait({
			rows: [{ id: 1 }, { id: 2 }],
			parameters: { invocationType, errorBranches: 'byCategory' },
		});
		expect(branches.outputs.at(-1)).toHaveLength(2);
		expect(branches.outputs.flat()).toHaveLength(2);
	},
);

test('neither address nor seal is in what n8n keeps of the execution', async () => {
	const { run, address } = await wait();
	const seal = new URL(address).searchParams.get('seal') ?? '';
	expect(seal).toHaveLength(64);
	expect(JSON.stringify(run.data)).not.toContain(seal);
	const stored = JSON.stringify(run.data.executionData?.contextData);
	expect(stored).toContain('monthlyReport');
	expect(stored).not.toContain(storeOf('').get(CREDENTIAL_ID)?.appSecret);
});

test('what is kept of the items is short and holds no secret', async () => {
	const { run } = await wait({ rows: [{ key: 'sandbox-dummy-secret', text: 'x'.repeat(50_000) }] });
	const kept = JSON.stringify(run.data.executionData?.contextData);
	expect(kept).toContain('[removed]');
	expect(kept).not.toContain('sandbox-dummy-secret');
	expect(kept.length).toBeLessThan(3_000);
});

describe('the time limit', () => {
	test('the items leave through the error branch, with their input: nobody knows what ran', async () => {
		const { endTime } = await wait({
			rows: [{ id: 1 }, { id: 2 }],
			parameters: { invoke: 'oncePerBatch', callbackLimitSeconds: 90 },
		});
		const { success, error, errorSources } = await endTime();
		expect(success).toEqual([]);
		expect(error).toEqual([
			{ id: 1, error: expect.objectContaining({ category: 'outcome-unknown', attempts: 1 }) },
			{ id: 2, error: expect.objectContaining({ mayHaveRun: true, retryable: true }) },
		]);
		expect(error[0].error.message).toBe(
			'"monthlyReport" may have run: it did not call back within 90 seconds.',
		);
		expect(errorSources).toEqual([{ id: 1 }, { id: 2 }]);
	});

	test('the items keep their files', async () => {
		const file = { data: 'eA==', mimeType: 'text/plain', fileName: 'a.txt' };
		const { run } = await (await wait({ binary: { file } })).endTime();
		expect(itemsWithFiles(run, 'Error')[0].binary).toEqual({ file });
	});

	test('the node before keeps its items', async () => {
		const { run, endTime } = await wait();
		expect(run.data.resultData.runData.Rows[0].data?.main[0]?.[0].json).toEqual({
			month: '2025-03',
		});
		const { run: ended } = await endTime();
		expect(ended.data.resultData.runData.Rows[0].data?.main[0]?.[0].json).toEqual({
			month: '2025-03',
		});
	});

	test('no item comes out as a success where the node takes only the first of many', async () => {
		const { endTime, event } = await wait({
			rows: [{ id: 1 }, { id: 2 }],
			node: { executeOnce: true },
		});
		expect(event).toMatchObject({ id: 1 });
		const { success, error } = await endTime();
		expect(success).toEqual([]);
		expect(error.map(({ id }) => id)).toEqual([1]);
	});
});

describe('scheduling that fails', () => {
	const onAnswer = async (answer: object, step: Partial<Step> = {}) => {
		const own = await startLaterServer({ [LATER_PATH]: answer });
		const { run, branches, events } = await startReport(own, step);
		await own.close();
		return { run, branches, events };
	};
	const retry = { node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } };
	const once = { parameters: { options: { maxTries: 1 } } };

	test('a refusal fails at once: there is nothing to wait for', async () => {
		const { run, branches } = await onAnswer({ body: { errcode: -501000, errmsg: 'no function' } });
		expect(run.status).toBe('success');
		expect(branches.error).toMatchObject([
			{ month: '2025-03', error: { errcode: -501000, mayHaveRun: false } },
		]);
	});

	test('Retry On Fail schedules again where it surely did not happen', async () => {
		const { events } = await onAnswer(
			{ body: { errcode: -501000, errmsg: 'no function' } },
			{ ...retry, ...once },
		);
		expect(events).toHaveLength(2);
	});

	test('Retry On Fail does not schedule twice what may have been scheduled', async () => {
		const { branches, events } = await onAnswer({ resets: true }, { ...retry, ...once });
		expect(events).toHaveLength(1);
		expect(branches.error).toMatchObject([{ error: { category: 'outcome-unknown' } }]);
	});

	test('the address is not in what was sent as the error shows it', async () => {
		const { branches, events } = await onAnswer({
			body: { errcode: 40097, errmsg: 'invalid args' },
		});
		const { requestData } = branches.error[0].error;
		expect(requestData).toBe('{"callbackUrl":"[removed]","month":"2025-03"}');
		expect(events).toHaveLength(1);
	});

	test('a batch that is too large is not parted: the hint says how many to send', async () => {
		const rows = Array.from({ length: 4 }, (_, id) => ({ id }));
		const { branches, events } = await onAnswer(
			{ status: 413, body: '<html>413 Request Entity Too Large</html>' },
			{ rows, parameters: { invoke: 'oncePerBatch' } },
		);
		expect(events).toHaveLength(1);
		expect(branches.error).toHaveLength(4);
		expect(branches.error[0].error.hint).toContain('Loop Over Items node hand over 2 items');
	});
});
