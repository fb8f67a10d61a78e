import { sleep } from 'n8n-workflow';
import type { fetchFiles } from '../../../../nodes/InvokeCloudFunction/files/fetchFiles';
import { runBounded } from '../../../../nodes/InvokeCloudFunction/run/runBounded';
import type { Sandbox } from '../../../../sandbox/server';
import { countInvocations } from '../../../engine/counting';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';
import { useFreshSandbox } from '../../../engine/sandbox';

jest.mock('../../../../nodes/InvokeCloudFunction/files/sendFiles', () => ({
	async sendFiles() {
		throw new Error('a surprise');
	},
}));
jest.mock('../../../../nodes/InvokeCloudFunction/files/fetchFiles', () => ({
	async fetchFiles(...[, , answered, { success }]: Parameters<typeof fetchFiles>) {
		if (JSON.stringify(success.result).includes('surprise')) throw new Error('a surprise');
		return [answered];
	},
}));

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const run = async (rows: unknown[], parameters: object = {}) =>
	await runInvoke({ store: storeOf(sandbox.url), rows, parameters: { ...parameters } });

test('an item without json is its own failure, and the others go on', async () => {
	const { outputs } = await run([{ reply: 1 }, undefined, { reply: 3 }]);
	const [success] = outputs;
	expect(success).toEqual([{ result: 1 }, { result: 3 }]);
	expect(outputs.flat()).toHaveLength(3);
});

test('an item without json whose function runs all the same has its result, with no fields beside it', async () => {
	const { success } = await run([undefined, { id: 2 }], {
		requestData: 'json',
		requestJson: '{ "reply": { "a": 1 } }',
		output: 'inputFieldsAndResult',
	});
	expect(success).toEqual([{ a: 1 }, { id: 2, a: 1 }]);
});

test('a result nested deeper than can be written costs its own item only', async () => {
	const deep = `{"code":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
	const body = JSON.stringify({ errcode: 0, errmsg: 'ok', resp_data: deep });
	const rows = [{ reply: { code: 0 } }, { sandbox: { status: 200, body } }, { reply: { code: 0 } }];
	const resultCheck = { check: { field: 'code', successValues: '0' } };
	const { success, error } = await run(rows, { options: { resultCheck } });
	expect(success).toHaveLength(2);
	expect(error).toHaveLength(1);
	expect(error[0].error).toMatchObject({ mayHaveRun: true, attempts: 1 });
	expect(countInvocations(sandbox)).toBe(3);
});

test('a secret that is cut in the middle of an emoji costs its own item only', async () => {
	const fixedToken = sandbox.tokens.issue('wx-sandbox-shop');
	const tokens = [fixedToken, 'cut \ud83d', fixedToken];
	const { success, error } = await runInvoke({
		store: storeOf(sandbox.url, { source: 'fixed', fixedToken: '={{ $json.token }}' }),
		rows: tokens.map((token, reply) => ({ token, reply })),
		parameters: { options: { credentialPerItem: true, concurrency: 1 } },
	});
	expect(success).toEqual([{ result: 0 }, { result: 2 }]);
	expect(error).toHaveLength(1);
});

test.each([{}, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }])(
	'a surprise where the files of a result are fetched costs its own item only, also in a further try: %j',
	async (node) => {
		const rows = [{ reply: { file: 'surprise' } }, { reply: { id: 2 } }, { throws: 'no stock' }];
		const { success, error } = await runInvoke({
			store: storeOf(sandbox.url),
			rows,
			parameters: { options: { downloadFiles: 'file' } },
			node,
		});
		expect(success).toEqual([{ id: 2 }]);
		expect(error).toHaveLength(2);
		expect(error[0].error).toMatchObject({ mayHaveRun: true, attempts: 1 });
	},
);

test('work that throws starts nothing more, and ends only with what is under way', async () => {
	const started: number[] = [];
	const ended: number[] = [];
	async function* jobs() {
		for (let i = 0; i < 20; i++) yield i;
	}
	const running = runBounded(jobs(), 3, async (job) => {
		started.push(job);
		await sleep(0);
		if (job === 1) throw new Error('a surprise');
		await sleep(5);
		ended.push(job);
		return true;
	});
	await expect(running).rejects.toThrow('a surprise');
	const count = started.length;
	expect(ended).toHaveLength(count - 1);
	await sleep(20);
	expect(started).toHaveLength(count);
	expect(count).toBeLessThan(6);
});

test('a surprise on the way of a file into cloud storage comes before the call', async () => {
	const file = { data: 'eA==', mimeType: 'text/plain', fileName: 'a.txt' };
	const { success, error } = await runInvoke({
		store: storeOf(sandbox.url),
		rows: [{ id: 1 }, { id: 2 }],
		binary: [{ file }, undefined],
		parameters: { options: { sendFiles: true } },
	});
	expect(error).toMatchObject([{ id: 1, error: { attempts: 0, mayHaveRun: false } }]);
	expect(success).toMatchObject([{ id: 2 }]);
	expect(countInvocations(sandbox)).toBe(1);
});
