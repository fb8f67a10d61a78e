import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { call, expectCode, SHOP } from '../client';
import {
	askForPlace,
	askStorage,
	listFields,
	post,
	putFile,
	writeForm,
	type Field,
	type Place,
} from './storageClient';

let sandbox: Sandbox;
let time = Date.now();

beforeAll(async () => {
	sandbox = await startSandbox({ now: () => time });
});
afterEach(() => sandbox.faults.clear());
afterAll(async () => await sandbox.close());

const CONTENT = Buffer.from('the bytes\r\n--X and more\r\n--X', 'utf8');

test('a file goes in with a grant, under its path, with its type', async () => {
	const { data } = await askForPlace(sandbox, 'n8n/照片 1.png');
	expect(data).toEqual({
		errcode: 0,
		errmsg: 'ok',
		url: expect.stringContaining(sandbox.url),
		token: expect.any(String),
		authorization: expect.stringContaining('q-sign-algorithm=sha1'),
		file_id: 'cloud://shop-demo.7368-shop-demo-1250000000/n8n/照片 1.png',
		cos_file_id: expect.any(String),
	});
	const form = writeForm(listFields('n8n/照片 1.png', data), CONTENT);
	const answer = await post(data.url, form);
	expect(answer).toMatchObject({ status: 204, data: '' });
	expect(sandbox.storage.list()).toMatchObject([
		{ env: 'shop-demo', path: 'n8n/照片 1.png', bytes: CONTENT.length, contentType: 'image/png' },
	]);
});

test('the same path is replaced without a word', async () => {
	await putFile(sandbox, 'same.txt', Buffer.from('old'));
	await putFile(sandbox, 'same.txt', Buffer.from('newer'));
	const same = sandbox.storage.list().filter(({ path }) => path === 'same.txt');
	expect(same).toMatchObject([{ bytes: 5 }]);
});

test.each([
	['no path', 40101, { path: undefined }],
	['an empty path', -501007, { path: '' }],
	['a path that starts with /', -501007, { path: '/a.png' }],
	['a path with //', -501007, { path: 'a//b.png' }],
	['a path above 850 bytes', -501007, { path: '照'.repeat(95) }],
	['no env', 40101, { env: undefined }],
	['the environment of another account', -501005, { env: 'office-demo' }],
	['the environment of a service provider', 48001, { env: 'provider-demo' }],
])('a place for %s: %i', async (_, errcode, change) => {
	await expectCode(askForPlace(sandbox, 'a.png', change), errcode, '');
});

test('batch development has an address of its own, and needs its own token', async () => {
	const body = { env: 'provider-demo', path: 'a.png' };
	const component = sandbox.tokens.issue('wx-sandbox-provider', 'component');
	const ask = async (root: string, access_token: string) =>
		await call(sandbox, `/${root}/uploadfile`, { query: { access_token }, body });
	expect((await ask('componenttcb', component)).data).toMatchObject({ errcode: 0 });
	await expectCode(ask('tcb', component), 48001, '');
	await expectCode(ask('componenttcb', sandbox.tokens.issue(SHOP.appid)), 48001, '');
});

async function send(
	change: {
		fields?: (fields: Field[], place: Place) => Field[];
		text?: (text: string) => string;
		headers?: Record<string, string>;
		query?: string;
	} = {},
) {
	const { data: place } = await askForPlace(sandbox, 'x.png');
	const listed = listFields('x.png', place);
	const fields = change.fields?.(listed, place) ?? listed;
	const form = writeForm(fields, CONTENT, change.text);
	const { status, data } = await post(place.url + (change.query ?? ''), form, change.headers);
	return { status, code: /<Code>(.*)<\/Code>/.exec(data)?.[1] };
}

test.each([
	['fields in another order', { fields: ([a, b, ...rest]: Field[]) => [b, a, ...rest] }],
	['a field too many', { fields: (fields: Field[]) => [...fields, ['name', 'x'] as Field] }],
	['the file before a field', { text: moveFileForward }],
	['a boundary in quotes', { headers: { 'content-type': 'multipart/form-data; boundary="XX"' } }],
	['names without quotes', { text: (text: string) => text.replace('"key"', 'key') }],
	['line ends without CR', { text: (text: string) => text.replaceAll('\r\n', '\n') }],
	['a Content-Type on a text', { text: (text: string) => addType(text) }],
	['a file under another name', { text: (text: string) => text.replace('"file";', '"photo";') }],
	[
		'a file name that is not ASCII',
		{ text: (text: string) => text.replace('="file"\r', '="照"\r') },
	],
	['no end', { text: (text: string) => text.replace('--XX--', '') }],
])('400 MalformedPOSTRequest: %s', async (_, change) => {
	expect(await send(change)).toEqual({ status: 400, code: 'MalformedPOSTRequest' });
});

test('400 MalformedPOSTRequest: no Content-Length', async () => {
	const { data: place } = await askForPlace(sandbox, 'x.png');
	const form = writeForm(listFields('x.png', place), CONTENT);
	const response = await fetch(place.url, {
		method: 'POST',
		headers: { 'content-type': 'multipart/form-data; boundary=XX' },
		body: new Blob([form]).stream(),
		duplex: 'half',
	} as RequestInit);
	expect(response.status).toBe(400);
	expect(await response.text()).toContain('<Code>MalformedPOSTRequest</Code>');
});

test.each([
	['another path', 'AccessDenied', { fields: change('key', 'y.png') }],
	['another signature', 'SignatureDoesNotMatch', { fields: change('Signature', 'q-sign') }],
	['another token', 'InvalidAccessKeyId', { fields: change('x-cos-security-token', 'other') }],
	['an Authorization header', 'AccessDenied', { headers: { authorization: 'Bearer dummy' } }],
	['a token of WeChat', 'AccessDenied', { query: '?access_token=sandbox-dummy' }],
])('403 for %s: %s', async (_, code, change) => {
	expect(await send(change)).toEqual({ status: 403, code });
});

test('403 once the grant is over, after 15 minutes or in a test', async () => {
	const { data: place } = await askForPlace(sandbox, 'late.png');
	const form = writeForm(listFields('late.png', place), CONTENT);
	time += 15 * 60_000;
	expect((await post(place.url, form)).data).toContain('<Message>Request has expired</Message>');
	const { data: next } = await askForPlace(sandbox, 'late.png');
	sandbox.storage.endGrants();
	const again = await post(next.url, writeForm(listFields('late.png', next), CONTENT));
	expect(again).toMatchObject({ status: 403, headers: { 'content-type': /xml/ } });
	expect(sandbox.storage.list().map(({ path }) => path)).not.toContain('late.png');
});

test('each step fails as it is told, and a break leaves the caller without an answer', async () => {
	sandbox.faults.set('uploadfile', { errcode: 61007, times: 1 });
	await expectCode(askForPlace(sandbox, 'a.png'), 61007, '');
	sandbox.faults.set('postObject', { status: 503, body: '<Error><Code>SlowDown</Code></Error>' });
	expect(await send()).toEqual({ status: 503, code: 'SlowDown' });
	sandbox.faults.set('postObject', { reset: true, times: 1 });
	await expect(send()).rejects.toThrow();
	expect(await send()).toEqual({ status: 204, code: undefined });
});

test('no token, grant or signature is in the log', async () => {
	await putFile(sandbox, 'log.png', CONTENT);
	await askStorage(sandbox, 'batchdownloadfile', { env: 'shop-demo', file_list: [] });
	const log = JSON.stringify(sandbox.log);
	const secrets = [...sandbox.storage.listSecrets(), ...sandbox.tokens.listAll()];
	expect(secrets.length).toBeGreaterThan(3);
	expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
});

function change(name: string, value: string) {
	return (fields: Field[]) =>
		fields.map((field): Field => (field[0] === name ? [name, value] : field));
}

function moveFileForward(text: string): string {
	const [start, ...parts] = text.split('--XX\r\n');
	const file = parts.pop()?.replace('\r\n--XX--\r\n', '\r\n') ?? '';
	return [start, file, ...parts].join('--XX\r\n') + '--XX--\r\n';
}

function addType(text: string): string {
	return text.replace('name="key"\r\n', 'name="key"\r\nContent-Type: text/plain\r\n');
}
