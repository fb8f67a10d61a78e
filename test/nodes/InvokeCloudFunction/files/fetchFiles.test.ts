import { randomBytes } from 'node:crypto';
import { countInvocations } from '../../../engine/counting';
import { runInvoke, storeOf, type Step } from '../../../engine/invokeWorkflow';
import { useFreshSandbox, type Sandbox } from '../../../engine/sandbox';
import { itemsWithFiles, readFile, useFileMode } from './storedFiles';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const CONTENT = randomBytes(200_000);
const put = async (path: string, type?: string) =>
	await sandbox.storage.put('shop-demo', path, CONTENT, type);
const linkRequests = () => sandbox.log.filter(({ path }) => path === '/tcb/batchdownloadfile');

async function run(rows: unknown[], downloadFiles: string, step: Partial<Step> = {}) {
	return await runInvoke({
		store: storeOf(sandbox.url),
		rows,
		...step,
		parameters: { ...step.parameters, options: { downloadFiles, maxTries: 2 } },
	});
}

describe.each(['memory', 'disk'] as const)('with files in n8n kept in %s', (mode) => {
	useFileMode(mode);

	test('a file comes with its own name and type, beside the result, and without its address', async () => {
		const report = await put('reports/日报 2 号.csv', 'text/csv; charset=utf-8');
		const { run: result, success } = await run([{ reply: { day: 1, report } }], 'report');
		expect(success).toEqual([{ day: 1, report }]);
		const [{ binary, pairedItem }] = itemsWithFiles(result, 'Success');
		expect(Object.keys(binary ?? {})).toEqual(['report']);
		expect(binary?.report).toMatchObject({ fileName: '日报 2 号.csv', mimeType: 'text/csv' });
		expect(binary?.report.id === undefined).toBe(mode === 'memory');
		expect((await readFile(binary?.report)).equals(CONTENT)).toBe(true);
		expect(pairedItem).toEqual({ item: 0 });
		const text = JSON.stringify(result);
		for (const trace of ['sign=', '/sandbox/cos', sandbox.url.slice(7)]) {
			expect(text).not.toContain(trace);
		}
	});

	test('a download that breaks halfway is made again from its start', async () => {
		const report = await put('a.pdf');
		sandbox.faults.set('getObject', { half: true, times: 1 });
		const { run: result } = await run([{ reply: { report } }], 'report');
		const [{ binary }] = itemsWithFiles(result, 'Success');
		expect(binary?.report).toMatchObject({ mimeType: 'application/pdf' });
		expect((await readFile(binary?.report)).equals(CONTENT)).toBe(true);
		expect(countInvocations(sandbox)).toBe(1);
	});
});

test('a list becomes name_0, name_1, and each element of an array has its own', async () => {
	const [a, b] = [await put('a.png'), await put('b.png')];
	const rows = [
		{ reply: { photos: [a, b], cover: { file: a } } },
		{ reply: [{ f: a }, { f: b }, {}] },
	];
	const { run: result } = await run(rows, 'photos, cover.file, f');
	const files = itemsWithFiles(result, 'Success').map(({ binary }) =>
		Object.entries(binary ?? {}).map(([name, { fileName }]) => [name, fileName]),
	);
	expect(files).toEqual([
		[
			['photos_0', 'a.png'],
			['photos_1', 'b.png'],
			['file', 'a.png'],
		],
		[['f', 'a.png']],
		[['f', 'b.png']],
		[],
	]);
});

test('with Simplify off all files of an array are in its one item', async () => {
	const [a, b] = [await put('a.png'), await put('b.png')];
	const step = { parameters: { simplify: false } };
	const { run: result } = await run([{ reply: [{ f: a }, { f: b }] }], 'f', step);
	const [{ binary }] = itemsWithFiles(result, 'Success');
	expect(Object.keys(binary ?? {})).toEqual(['f_0', 'f_1']);
});

test('links are asked for 50 at a time', async () => {
	const ids = await Promise.all(Array.from({ length: 60 }, (_, i) => put(`${i}.txt`)));
	const { run: result } = await run([{ reply: { ids } }], 'ids');
	expect(Object.keys(itemsWithFiles(result, 'Success')[0].binary ?? {})).toHaveLength(60);
	expect(linkRequests()).toHaveLength(2);
});

test('a missing file is a failure that says that the function ran, and keeps its result', async () => {
	const report = `${await put('a.csv')}x`;
	const { error, success } = await run([{ reply: { day: 1, report } }], 'report');
	expect(success).toEqual([]);
	expect(error[0].error).toMatchObject({
		message:
			'"echo" ran, but the file "report" of its result could not be fetched: it is not in cloud storage (STORAGE_FILE_NONEXIST, status 1).',
		errcode: null,
		category: 'function-error',
		retryable: false,
		mayHaveRun: true,
		attempts: 1,
		result: { day: 1, report },
	});
	expect(error[0].error.hint).toMatch(/runs the function again/);
	expect(countInvocations(sandbox)).toBe(1);
});

test.each([
	['links are refused', 'batchdownloadfile', { errcode: 61007 }, 61007],
	['WeChat is busy', 'batchdownloadfile', { errcode: -1 }, -1],
	['the storage is down', 'getObject', { status: 503, body: 'busy' }, null],
	['the connection breaks', 'getObject', { reset: true as const }, null],
	['a login page comes', 'getObject', { redirect: true as const }, null],
])(
	'whatever fails after the function, it is not called again: %s',
	async (_, call, fault, errcode) => {
		const report = await put('a.csv');
		sandbox.faults.set(call, fault);
		const { error } = await run([{ reply: { report } }], 'report');
		expect(error[0].error).toMatchObject({
			errcode,
			category: 'function-error',
			retryable: false,
			mayHaveRun: true,
			result: { report },
		});
		expect(countInvocations(sandbox)).toBe(1);
	},
);

test("with n8n's Retry On Fail the file is fetched again, and the function not called again", async () => {
	const report = await put('a.csv');
	sandbox.faults.set('getObject', {
		status: 403,
		body: '<Error><Code>AccessDenied</Code></Error>',
		times: 1,
	});
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const { run: result } = await run([{ reply: { report } }], 'report', { node });
	expect(Object.keys(itemsWithFiles(result, 'Success')[0].binary ?? {})).toEqual(['report']);
	expect(countInvocations(sandbox)).toBe(1);
});

test('a field that holds no file leaves the result as it is', async () => {
	const rows = [
		{ reply: { report: null } },
		{ reply: 'text' },
		{ reply: { report: 'https://x/a' } },
	];
	const { success } = await run(rows, 'report');
	expect(success).toEqual([{ report: null }, { result: 'text' }, { report: 'https://x/a' }]);
	expect(linkRequests()).toEqual([]);
});
