import { createGate, type Gate } from '../../../engine/gate';
import { storeOf, type Step } from '../../../engine/invokeWorkflow';
import { shareFunctionRunner, startSandbox, type Sandbox } from '../../../engine/sandbox';
import { itemsWithFiles, readFile, useFileMode } from '../files/storedFiles';
import { startWaiting } from '../../../engine/waitingRun';

let sandbox: Sandbox;
let gate: Gate;
beforeAll(async () => {
	gate = createGate(await shareFunctionRunner());
	sandbox = await startSandbox({ runner: gate.runner });
	sandbox.faults.set('echo', { delaySeconds: 0 });
});
afterAll(async () => await sandbox.close());

const CONTENT = Buffer.from('month,revenue\n2025-03,103211.2\n');
const putReport = async () =>
	await sandbox.storage.put('shop-demo', 'reports/march.csv', CONTENT, 'text/csv');

async function wait(
	rows: unknown[],
	parameters: Record<string, unknown>,
	step: Partial<Step> = {},
) {
	const before = gate.arrivals.length;
	const waiting = await startWaiting({
		store: storeOf(sandbox.url),
		rows,
		...step,
		parameters: { invocationType: 'callback', ...parameters },
	});
	const event = gate.arrivals.slice(before)[0]?.event;
	return { ...waiting, event, address: String(event?.callbackUrl) };
}

describe.each(['memory', 'disk'] as const)('with files in n8n kept in %s', (mode) => {
	useFileMode(mode);

	test('the files of a result that comes by a call become binary data', async () => {
		const report = await putReport();
		const parameters = { options: { downloadFiles: 'report' } };
		const { call, address } = await wait([{ id: 1 }], parameters);
		const { branches } = await call(address, JSON.stringify({ month: '2025-03', report }));
		if (branches === undefined) throw new Error('The call was not taken.');
		expect(branches.success).toEqual([{ month: '2025-03', report }]);
		const [{ binary }] = itemsWithFiles(branches.run, 'Success');
		expect(binary?.report).toMatchObject({ fileName: 'march.csv', mimeType: 'text/csv' });
		expect((await readFile(binary?.report)).equals(CONTENT)).toBe(true);
	});
});

test('a file that is not there fails its item of the batch alone', async () => {
	const report = await putReport();
	const parameters = { invoke: 'oncePerBatch', options: { downloadFiles: 'report', maxTries: 1 } };
	const { call, address } = await wait([{ id: 1 }, { id: 2 }], parameters);
	const missing = report.replace('march', 'april');
	const { branches } = await call(address, JSON.stringify([{ report: missing }, { report }]));
	expect(branches?.success).toEqual([{ report }]);
	expect(branches?.error).toMatchObject([{ id: 1, error: { category: 'function-error' } }]);
});

test('with Credential per Item nothing is scheduled: a call finds no item to read it with', async () => {
	const options = { downloadFiles: 'report', credentialPerItem: true };
	const { branches, event } = await wait([{ id: 1 }], { options });
	expect(event).toBeUndefined();
	expect(branches.error[0].error.hint).toContain('Credential per Item');
});

test('a file of an item that can not be sent keeps its batch back', async () => {
	sandbox.faults.set('uploadfile', { errcode: 61007 });
	const file = { data: 'eA==', mimeType: 'text/plain', fileName: 'a.txt' };
	const { branches, event } = await wait(
		[{ id: 1 }, { id: 2 }],
		{ invoke: 'oncePerBatch', options: { sendFiles: true } },
		{ binary: [{ file }, undefined] },
	);
	sandbox.faults.clear();
	expect(event).toBeUndefined();
	expect(branches.error.map(({ error }) => error.message)).toEqual([
		expect.stringContaining('was not run'),
		expect.stringContaining('another item of its batch'),
	]);
});
