/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import axios from 'axios';
import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { expectCode, invoke, readResult } from '../client';
import { askForLinks, askForPlace, listFields, post, putFile, writeForm } from './storageClient';

let sandbox: Sandbox;
let time = Date.now();

beforeAll(async () => {
	sandbox = await startSandbox({ now: () => time });
});
afterEach(() => sandbox.faults.clear());
afterAll(async () => await sandbox.close());

const CONTENT = randomBytes(100_000);

async function get(url: string, headers = {}) {
	const response = await axios.get(encodeURI(url), {
		responseType: 'arraybuffer',
		headers,
		validateStatus: () => true,
	});
	return { ...response, bytes: Buffer.from(response.data) };
}

async function link(fileId: string): Promise<string> {
	return (await askForLinks(sandbox, [fileId])).data.file_list[0].download_url;
}

test('a file comes out as it went in, through a link whose path is not encoded', async () => {
	const fileId = await putFile(sandbox, 'n8n/照片 1.png', CONTENT);
	const url = await link(fileId);
	expect(url).toContain('/n8n/照片 1.png?sign=');
	const { status, headers, bytes } = await get(url);
	expect(status).toBe(200);
	expect(headers).toMatchObject({ 'content-type': 'image/png', 'content-length': '100000' });
	expect(bytes.equals(CONTENT)).toBe(true);
});

test('a file that is not there has status 1, while errcode is 0 and the others have their links', async () => {
	const fileId = await putFile(sandbox, 'there.png', CONTENT);
	const { data } = await askForLinks(sandbox, [`${fileId}x`, fileId]);
	expect(data).toEqual({
		errcode: 0,
		errmsg: 'ok',
		file_list: [
			{ fileid: `${fileId}x`, download_url: '', status: 1, errmsg: 'STORAGE_FILE_NONEXIST' },
			{ fileid: fileId, download_url: expect.any(String), status: 0, errmsg: 'ok' },
		],
	});
});

test('a file that came without its x-cos-meta-fileid looks well and cannot be read', async () => {
	const { data: place } = await askForPlace(sandbox, 'lost.png');
	const fields = listFields('lost.png', place).slice(0, 3);
	expect((await post(place.url, writeForm(fields, CONTENT))).status).toBe(204);
	const { data } = await askForLinks(sandbox, [place.file_id]);
	expect(data.file_list).toMatchObject([{ status: 1 }]);
	const answer = await invoke(sandbox, 'checkPhoto', { files: { a: { fileID: place.file_id } } });
	expect(answer.data).toMatchObject({ errcode: -504002 });
});

test('a link is good for its time, for its file, and without any token', async () => {
	const url = await link(await putFile(sandbox, 'a.png', CONTENT));
	await putFile(sandbox, 'b.png', CONTENT);
	expect((await get(url.replace('a.png', 'b.png'))).status).toBe(403);
	expect((await get(url.split('?')[0])).status).toBe(403);
	expect((await get(url, { authorization: 'Bearer dummy' })).status).toBe(403);
	expect((await get(`${url}&access_token=sandbox-dummy`)).status).toBe(403);
	expect((await get(url)).status).toBe(200);
	time += 60_000;
	const late = await get(url);
	expect(late.status).toBe(403);
	expect(late.bytes.toString()).toContain('<Code>AccessDenied</Code>');
});

test.each([
	['none', 40101, []],
	['more than 50', 40097, Array.from({ length: 51 }, (_, i) => `cloud://x.y/${i}`)],
	['one that is no text', 40097, [7]],
])('links to files, %s: %i', async (_, errcode, ids) => {
	await expectCode(askForLinks(sandbox, ids), errcode, '');
});

test('a download breaks off halfway, or fails, as it is told', async () => {
	const url = await link(await putFile(sandbox, 'half.png', CONTENT));
	sandbox.faults.set('getObject', { half: true, times: 1 });
	await expect(get(url)).rejects.toThrow();
	sandbox.faults.set('getObject', { status: 503, body: 'busy', times: 1 });
	expect((await get(url)).status).toBe(503);
	expect((await get(url)).status).toBe(200);
	sandbox.faults.set('batchdownloadfile', { errcode: -1, times: 1 });
	await expectCode(askForLinks(sandbox, ['cloud://x.y/z']), -1, '');
});

describe('functions', () => {
	test('checkPhoto reads a file by its ID', async () => {
		const photo = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), CONTENT]);
		const fileID = await putFile(sandbox, 'photo.jpg', photo);
		const event = { files: { photo: { fileID, fileName: '照片.jpg' } } };
		expect(readResult(await invoke(sandbox, 'checkPhoto', event))).toEqual({
			fileName: '照片.jpg',
			accepted: true,
			format: 'JPEG',
			bytes: photo.length,
			sha256: createHash('sha256').update(photo).digest('hex'),
		});
	});

	test('checkPhoto fails where the file is not in its environment', async () => {
		const fileID = await sandbox.storage.put('office-demo', 'photo.jpg', CONTENT);
		const answer = await invoke(sandbox, 'checkPhoto', { files: { photo: { fileID } } });
		expect(answer.data.errmsg).toContain('errCode: -503003 | errMsg: storage file not exists');
	});

	test('salesFile writes a file that can be fetched', async () => {
		const answer = await invoke(sandbox, 'salesFile', { date: '2025-03-01' });
		const { report } = readResult(answer) as { report: string };
		const { bytes } = await get(await link(report));
		expect(bytes.toString()).toBe(
			'\uFEFFshop,orders,revenue\r\nChengdu,42,3186.5\r\nHangzhou,57,4410\r\n',
		);
	});
});

test('300 MB go in and out without being held in memory', async () => {
	const { data: place } = await askForPlace(sandbox, 'large.bin');
	const [head, tail] = writeForm(listFields('large.bin', place), Buffer.from('<HERE>'))
		.toString()
		.split('<HERE>');
	const chunk = Buffer.alloc(1024 * 1024, 'x');
	const count = 300;
	const before = process.memoryUsage().rss;
	let most = 0;
	async function* body() {
		yield Buffer.from(head);
		for (let i = 0; i < count; i++) {
			most = Math.max(most, process.memoryUsage().rss);
			yield chunk;
		}
		yield Buffer.from(tail);
	}
	const length = head.length + count * chunk.length + tail.length;
	const answer = await axios.post(place.url, Readable.from(body()), {
		headers: {
			'content-type': 'multipart/form-data; boundary=XX',
			'content-length': String(length),
		},
		maxBodyLength: Infinity,
		maxRedirects: 0,
	});
	expect(answer.status).toBe(204);
	expect(sandbox.storage.list().find(({ path }) => path === 'large.bin')?.bytes).toBe(
		count * chunk.length,
	);
	expect(most - before).toBeLessThan(150 * 1024 * 1024);
});
