/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A file in the cloud storage of an environment. */
export interface StoredFile {
	env: string;
	/** Within the environment. */
	path: string;
	/** `cloud://…`, what functions know it by. */
	fileId: string;
	bytes: number;
	sha256: string;
	contentType: string;
	/** It came without the `x-cos-meta-fileid` that belongs to it: nobody can read it. */
	isLost: boolean;
}

export type FileContent = AsyncIterable<Buffer>;
export type NewFile = Pick<StoredFile, 'env' | 'path' | 'contentType' | 'isLost'>;
export type FileStore = ReturnType<typeof createFileStore>;

/** The bucket of an environment: its name tells whose it is. */
export function nameBucket(env: string): string {
	const start = Buffer.from(env.slice(0, 2)).toString('hex');
	return `${start}-${env}-1250000000`;
}

export function makeFileId(env: string, filePath: string): string {
	return `cloud://${env}.${nameBucket(env)}/${filePath}`;
}

/** Keeps files on disk, in a folder that goes with the sandbox; a large one takes no memory. */
export function createFileStore() {
	const files = new Map<string, { file: StoredFile; place: string }>();
	let folder: Promise<string> | undefined;
	let count = 0;

	/** What was there under the same path is replaced without a word, as in the real one. */
	async function write(file: NewFile, content: FileContent): Promise<StoredFile> {
		folder ??= mkdtemp(path.join(tmpdir(), 'wechat-storage-'));
		const place = path.join(await folder, String((count += 1)));
		const hash = createHash('sha256');
		let bytes = 0;
		await pipeline(
			content,
			async function* measure(chunks: FileContent) {
				for await (const chunk of chunks) {
					bytes += chunk.length;
					hash.update(chunk);
					yield chunk;
				}
			},
			createWriteStream(place),
		).catch(async (error: Error) => {
			await rm(place, { force: true });
			throw error;
		});
		const fileId = makeFileId(file.env, file.path);
		const stored: StoredFile = { ...file, fileId, bytes, sha256: hash.digest('hex') };
		await remove(fileId);
		files.set(fileId, { file: stored, place });
		return stored;
	}

	async function remove(fileId: string): Promise<void> {
		const known = files.get(fileId);
		files.delete(fileId);
		if (known) await rm(known.place, { force: true });
	}

	/** @param end how many bytes of it; absent: all */
	function open({ fileId }: StoredFile, end?: number): Readable {
		const known = files.get(fileId);
		if (!known) throw new Error(`The sandbox has no file "${fileId}".`);
		return createReadStream(known.place, end === undefined ? {} : { end: Math.max(end - 1, 0) });
	}

	return {
		write,
		remove,
		open,
		find: (fileId: string) => files.get(fileId)?.file,
		list: () => [...files.values()].map(({ file }) => file),
		async close() {
			files.clear();
			if (folder) await rm(await folder, { recursive: true, force: true });
		},
	};
}
