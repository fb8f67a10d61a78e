import type { Client } from './client';
import { look, readResult, type Fact } from './fact';

const DELAY_SECONDS = 6;
/** How long to look for a delayed task after it is due. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 2_000;

const OTHER_HOSTS = [
	'https://api2.weixin.qq.com',
	'https://sh.api.weixin.qq.com',
	'https://sz.api.weixin.qq.com',
	'https://hk.api.weixin.qq.com',
];

export const delayedTask: Fact = {
	id: 'delayedTask',
	question: 'Does a delayed task get its data as the event, and how late is it?',
	asks: `runs the function once more, ${DELAY_SECONDS} seconds later`,
	async observe(client) {
		const { environment, functionName } = client.account;
		const mark = `live-${Date.now()}`;
		const dueAt = Date.now() + DELAY_SECONDS * 1000;
		const answer = await client.call(
			'/tcb/adddelayedfunctiontask',
			{},
			JSON.stringify({
				env: environment,
				function_name: functionName,
				data: JSON.stringify({ kind: 'note', mark }),
				delay_time: DELAY_SECONDS,
			}),
		);
		if (answer.errcode !== 0) return look(answer, {});
		const noted = await findNote(client, mark, dueAt + PATIENCE_MS);
		// Another instance of the function may have run it, and that is not this fact's business.
		if (noted === undefined) return undefined;
		const secondsLate = Math.round((noted.at - dueAt) / 1000);
		return look(
			answer,
			{ dataIsEvent: true },
			`${answer.errmsg}; ${secondsLate} s after it was due`,
		);
	},
};

interface Note {
	at: number;
	event: { mark?: unknown };
}

async function findNote(client: Client, mark: string, until: number): Promise<Note | undefined> {
	while (Date.now() < until) {
		await client.wait(LOOK_EVERY_MS);
		const note = readResult<Note>(await client.invoke({ kind: 'recall' }));
		if (note?.event.mark === mark) return note;
	}
	return undefined;
}

export const storage: Fact = {
	id: 'storage',
	question: 'Does a file that is uploaded come back by its link?',
	asks: 'puts a file of some bytes into the cloud storage, as n8n-live/check.txt',
	async observe(client) {
		const env = client.account.environment;
		const path = 'n8n-live/check.txt';
		const grant = await client.call('/tcb/uploadfile', {}, JSON.stringify({ env, path }));
		if (grant.errcode !== 0) return look(grant, {});
		const content = `checked ${Date.now()}`;
		const uploaded = await upload(grant.fields, path, content);
		const links = await client.call(
			'/tcb/batchdownloadfile',
			{},
			JSON.stringify({ env, file_list: [{ fileid: grant.fields.file_id, max_age: 600 }] }),
		);
		const [link] = (links.fields.file_list ?? []) as Array<{ download_url?: string }>;
		const read = link?.download_url ? await (await fetch(link.download_url)).text() : '';
		return look(links, { uploadStatus: uploaded, sameContent: read === content });
	},
};

async function upload(
	grant: Record<string, unknown>,
	path: string,
	content: string,
): Promise<number> {
	const boundary = 'n8nLiveCheck';
	const part = (name: string, value: unknown) =>
		`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${String(value)}\r\n`;
	const body = [
		part('key', path),
		part('Signature', grant.authorization),
		part('x-cos-security-token', grant.token),
		part('x-cos-meta-fileid', grant.cos_file_id),
		`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n`,
		`Content-Type: text/plain\r\n\r\n${content}\r\n--${boundary}--\r\n`,
	].join('');
	const { status } = await fetch(String(grant.url), {
		method: 'POST',
		headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
		body,
	});
	return status;
}

export const hosts: Fact = {
	id: 'hosts',
	question: 'Which of the other hosts serve /tcb?',
	async observe(client) {
		if (!client.account.host.endsWith('.weixin.qq.com')) return undefined;
		const seen: Record<string, unknown> = {};
		for (const host of OTHER_HOSTS) {
			try {
				seen[host] = (await client.at(host).invoke({ kind: 'null' })).errcode;
			} catch {
				seen[host] = 'no answer';
			}
		}
		return { seen, words: '' };
	},
};
