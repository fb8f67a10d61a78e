/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { createHash, randomBytes } from 'node:crypto';
import { appendFile, mkdir, rm, truncate } from 'node:fs/promises';
import { countInvocations } from '../../../engine/counting';
import { runInvoke, storeOf, type Step } from '../../../engine/invokeWorkflow';
import { useFreshSandbox, type Sandbox } from '../../../engine/sandbox';
import { findPlace, makeFile, useFileMode } from './storedFiles';

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const PHOTO = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), randomBytes(300_000)]);
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

async function run(step: Partial<Step>, options: object = {}) {
	return await runInvoke({
		store: storeOf(sandbox.url),
		rows: [{ id: 1 }],
		...step,
		parameters: { ...step.parameters, options: { sendFiles: true, ...options } },
	});
}

describe.each(['memory', 'disk'] as const)('with files in n8n kept in %s', (mode) => {
	useFileMode(mode);

	test('every byte reaches the function, with the name, type and size beside its file ID', async () => {
		const photo = await makeFile(PHOTO, '照片 1.jpg', 'image/jpeg');
		expect(photo.id === undefined).toBe(mode === 'memory');
		const { success } = await run({ binary: { photo } });
		expect(success).toEqual([
			{
				id: 1,
				files: {
					photo: {
						fileID: expect.stringMatching(/^cloud:\/\/shop-demo\..*\/n8n\/.*\/照片_1\.jpg$/),
						fileName: '照片 1.jpg',
						mimeType: 'image/jpeg',
						fileSize: PHOTO.length,
					},
				},
				userInfo: expect.anything(),
			},
		]);
		const stored = sandbox.storage.list();
		expect(stored).toMatchObject([{ sha256: sha256(PHOTO), contentType: 'image/jpeg' }]);
		const checked = await run({ binary: { photo }, parameters: { functionName: 'checkPhoto' } });
		expect(checked.success).toMatchObject([{ accepted: true, sha256: sha256(PHOTO) }]);
	});

	test('an upload that breaks is sent again from its start', async () => {
		sandbox.faults.set('postObject', { reset: true, times: 2 });
		const photo = await makeFile(PHOTO, 'a.jpg');
		const { success } = await run({ binary: { photo } });
		expect(success).toHaveLength(1);
		expect(sandbox.storage.list()).toMatchObject([{ sha256: sha256(PHOTO) }]);
		expect(countInvocations(sandbox)).toBe(1);
	});

	test('a file that is empty is told before anything is sent', async () => {
		const { error } = await run({ binary: { photo: await makeFile(Buffer.alloc(0), 'a.jpg') } });
		expect(error[0].error).toMatchObject({
			message:
				'"echo" was not run: its file "photo" could not be put into cloud storage: it is empty.',
			attempts: 0,
			mayHaveRun: false,
		});
		expect(sandbox.log.filter(({ path }) => path.includes('/tcb/'))).toEqual([]);
	});
});

describe('a file on disk that is not as n8n has noted it', () => {
	useFileMode('disk');

	test.each<[string, (place: string) => Promise<void>, RegExp, number]>([
		['is gone', async (place) => await rm(place), /n8n no longer has it/, 1],
		['is shorter', async (place) => await truncate(place, 100_000), /not as long as/, 1],
		['is longer', async (place) => await appendFile(place, PHOTO), /not as long as/, 1],
		[
			'can not be read',
			async (place) => {
				await rm(place);
				await mkdir(place);
			},
			/could not read it to its end/,
			2,
		],
	])('and %s fails its item alone, before the call', async (_, spoil, why, tries) => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const photo = await makeFile(PHOTO, 'a.jpg');
		await spoil(findPlace(photo));
		const rows = [{ id: 1 }, { id: 2 }];
		const options = { maxTries: 2 };
		const { success, error } = await run({ rows, binary: [{ photo }, undefined] }, options);
		expect(error).toMatchObject([{ id: 1, error: { attempts: 0, mayHaveRun: false } }]);
		expect(error[0].error.message).toMatch(why);
		expect(success).toMatchObject([{ id: 2 }]);
		expect(countInvocations(sandbox)).toBe(1);
		expect(sandbox.storage.list()).toEqual([]);
		expect(sandbox.log.filter(({ path }) => path === '/tcb/uploadfile')).toHaveLength(tries);
		jest.restoreAllMocks();
	});
});

test('a file that n8n no longer has is told, with what to do', async () => {
	const gone = { data: 'filesystem-v2', id: 'filesystem-v2:gone', mimeType: 'a/b' };
	const { error } = await run({ binary: { photo: gone } });
	expect(error[0].error).toMatchObject({ category: 'configuration-invalid', attempts: 0 });
	expect(error[0].error.message).toContain('n8n no longer has it');
	expect(error[0].error.hint).toContain('Run the workflow from the node that makes the file');
});

test('several files go by their fields, items without any go as they are', async () => {
	const [a, b] = [await makeFile(PHOTO, 'a.jpg'), await makeFile(Buffer.from('b'), 'b.txt')];
	const { success } = await run({
		rows: [{ id: 1 }, { id: 2 }],
		binary: [{ a, b }, undefined],
	});
	const [first, second] = success as Array<{ files?: Record<string, { fileName: string }> }>;
	expect(
		Object.entries(first.files ?? {}).map(([field, { fileName }]) => [field, fileName]),
	).toEqual([
		['a', 'a.jpg'],
		['b', 'b.txt'],
	]);
	expect(second).toEqual({ id: 2, userInfo: expect.anything() });
});

test('without the option nothing is sent to storage', async () => {
	const { success } = await run(
		{ binary: { a: await makeFile(PHOTO, 'a.jpg') } },
		{ sendFiles: false },
	);
	expect(success).toEqual([{ id: 1, userInfo: expect.anything() }]);
	expect(sandbox.storage.list()).toEqual([]);
});

test('each entry of a batch carries its own files, under the field that was chosen', async () => {
	const binary = [
		{ a: await makeFile(Buffer.from('1'), '1.txt') },
		undefined,
		{ a: await makeFile(Buffer.from('3'), '3.txt') },
	];
	const { success } = await run(
		{
			rows: [{ id: 1 }, { id: 2 }, { id: 3 }],
			binary,
			parameters: { invoke: 'oncePerBatch', batchSize: 3 },
		},
		{ filesField: 'attached' },
	);
	expect(success).toMatchObject([
		{
			items: [
				{ id: 1, attached: { a: { fileName: '1.txt' } } },
				{ id: 2 },
				{ id: 3, attached: { a: { fileName: '3.txt' } } },
			],
		},
	]);
	expect(countInvocations(sandbox)).toBe(1);
});

describe('where a file goes', () => {
	test('two items with the same file name never get the same path', async () => {
		const file = await makeFile(PHOTO, 'same.jpg');
		await run({ rows: [{ id: 1 }, { id: 2 }, { id: 3 }], binary: { file } });
		expect(new Set(sandbox.storage.list().map(({ path }) => path)).size).toBe(3);
	});

	test('a path of an expression is taken as it is, a folder keeps files apart', async () => {
		const file = await makeFile(PHOTO, 'a.jpg');
		await run({ rows: [{ id: 7 }], binary: { file } }, { filePath: '=orders/{{ $json.id }}.jpg' });
		await run({ rows: [{ id: 7 }], binary: { file, b: file } }, { filePath: 'orders/' });
		const paths = sandbox.storage.list().map(({ path }) => path);
		expect(paths[0]).toBe('orders/7.jpg');
		expect(paths.slice(1)).toEqual([
			expect.stringMatching(/^orders\/.{36}\/a\.jpg$/),
			expect.stringMatching(/^orders\/.{36}\/a\.jpg$/),
		]);
	});

	test('a path that is not allowed, or that two files would share, is told before anything is sent', async () => {
		const file = await makeFile(PHOTO, 'a.jpg');
		const bad = await run({ binary: { file } }, { filePath: '/a.jpg' });
		expect(bad.error[0].error.message).toContain('starts with "/"');
		const shared = await run({ binary: { file, b: file } }, { filePath: 'a.jpg' });
		expect(shared.error[0].error.message).toContain('its 2 files would have the same path');
		const full = await run({ binary: { file } }, { filePath: `${'x'.repeat(840)}/` });
		expect(full.error[0].error.message).toContain('bytes once it is encoded');
		expect(sandbox.log).toEqual([]);
	});
});
