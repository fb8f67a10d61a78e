import axios, { type AxiosResponse } from 'axios';
import type { Sandbox } from '../../../sandbox/server';
import { call, SHOP } from '../client';

export interface Place {
	url: string;
	token: string;
	authorization: string;
	file_id: string;
	cos_file_id: string;
}

/** Asks for a place for a file of the shop; `change` makes it something else. */
export async function askForPlace(
	sandbox: Sandbox,
	path: string,
	change: Record<string, unknown> = {},
): Promise<AxiosResponse> {
	return await askStorage(sandbox, 'uploadfile', { env: 'shop-demo', path, ...change });
}

export async function askForLinks(sandbox: Sandbox, fileIds: unknown[]): Promise<AxiosResponse> {
	const file_list = fileIds.map((fileid) => ({ fileid, max_age: 60 }));
	return await askStorage(sandbox, 'batchdownloadfile', { env: 'shop-demo', file_list });
}

export async function askStorage(
	sandbox: Sandbox,
	name: string,
	body: unknown,
): Promise<AxiosResponse> {
	const query = { access_token: sandbox.tokens.issue(SHOP.appid) };
	return await call(sandbox, `/tcb/${name}`, { query, body });
}

export type Field = [name: string, value: string];

export function listFields(path: string, place: Place): Field[] {
	return [
		['key', path],
		['Signature', place.authorization],
		['x-cos-security-token', place.token],
		['x-cos-meta-fileid', place.cos_file_id],
	];
}

/** A form as the storage wants it, whose text `change` may spoil. */
export function writeForm(
	fields: Field[],
	content: Buffer,
	change = (text: string) => text,
): Buffer {
	const part = (disposition: string, value: string) =>
		`--XX\r\nContent-Disposition: form-data; name=${disposition}\r\n${value}`;
	const head =
		fields.map(([name, value]) => part(`"${name}"`, `\r\n${value}\r\n`)).join('') +
		part('"file"; filename="file"', 'Content-Type: image/png\r\n\r\n');
	const text = change(`${head}<FILE>\r\n--XX--\r\n`);
	const at = text.indexOf('<FILE>');
	return Buffer.concat([Buffer.from(text.slice(0, at)), content, Buffer.from(text.slice(at + 6))]);
}

export async function post(
	url: string,
	body: Buffer,
	headers: Record<string, string> = {},
): Promise<AxiosResponse> {
	return await axios.post(url, body, {
		headers: { 'content-type': 'multipart/form-data; boundary=XX', ...headers },
		maxBodyLength: Infinity,
		validateStatus: () => true,
	});
}

/** Puts a file of the shop there, in all the steps that a caller takes. */
export async function putFile(sandbox: Sandbox, path: string, content: Buffer): Promise<string> {
	const place: Place = (await askForPlace(sandbox, path)).data;
	const { status } = await post(place.url, writeForm(listFields(path, place), content));
	if (status !== 204) throw new Error(`The file was answered with ${status}.`);
	return place.file_id;
}
