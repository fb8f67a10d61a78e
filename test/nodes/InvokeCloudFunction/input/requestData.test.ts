import { validateFieldType } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../../engine/sandbox';
import { runInvoke, storeOf, type Step } from '../../../engine/invokeWorkflow';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

/** What WeChat puts into every event. */
const userInfo = { appId: 'wx-sandbox-shop' };

/** `echo` returns the event, which comes out as the item. */
const send = async (step: Omit<Step, 'store'>) =>
	await runInvoke({ store: storeOf(sandbox.url), ...step });

describe('all fields of the item', () => {
	test('times arrive as ISO text, and what is undefined is left out', async () => {
		const at = '2026-05-01T08:00:00.000Z';
		// A luxon DateTime, as an earlier node may leave it.
		const c = validateFieldType('c', at, 'dateTime') as { newValue?: unknown };
		const rows = [{ a: new Date(at), b: { c: c.newValue }, d: undefined }];
		const { success } = await send({ rows });
		expect(success).toEqual([{ a: at, b: { c: at }, userInfo }]);
		expect(Object.keys(success[0] as object)).not.toContain('d');
	});

	test('binary data is not sent', async () => {
		const binary = { photo: { data: 'AAAA', mimeType: 'image/png', fileName: 'a.png' } };
		expect((await send({ rows: [{ a: 1 }], binary })).success).toEqual([{ a: 1, userInfo }]);
	});
});

describe('a field userInfo', () => {
	const assignments = [{ id: '1', name: 'userInfo.name', value: 'Li Lei', type: 'string' }];
	const fields = { requestData: 'fields', requestFields: { assignments } };

	test.each([
		['the item', {}, [{ userInfo: 1 }, { userInfo: 2 }]],
		['fields', fields, [{}, {}]],
		['JSON', { requestData: 'json', requestJson: '{ "userInfo": null }' }, [{}, {}]],
	])(
		'of %s is sent, and one hint per run says what WeChat does to it',
		async (_, parameters, rows) => {
			const { run, success } = await send({ rows, parameters });
			expect(success).toEqual([{ userInfo }, { userInfo }]);
			expect(run.data.resultData.runData.Invoke[0].hints).toEqual([
				{
					message: expect.stringContaining('WeChat overwrites the field userInfo') as string,
					location: 'outputPane',
				},
			]);
		},
	);

	test('deeper in the request data it is no matter for a hint', async () => {
		const { run } = await send({ rows: [{ customer: { userInfo: 1 } }] });
		expect(run.data.resultData.runData.Invoke[0].hints).toEqual([]);
	});
});
