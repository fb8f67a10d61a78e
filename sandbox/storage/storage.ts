import type { Request } from 'express';
import type { StreamHandler } from '../http/web';
import type { FaultStore } from '../faults/faultStore';
import { createRandomHex } from '../http/ids';
import type { TokenStore } from '../tokens/tokenStore';
import { BUCKET_PATH, giveObject, takeObject } from './bucket';
import { createFileStore, makeFileId, type StoredFile } from './fileStore';
import { createGrants } from './grants';
import { createStorageCalls, mayBePath } from './storageCalls';

export type Storage = ReturnType<typeof createStorage>;

/** What a test does to cloud storage without HTTP. */
export interface StorageControls {
	/** The files of all environments. */
	list(): StoredFile[];
	/** Puts a file there, and gives its ID. */
	put(env: string, path: string, content: Buffer, contentType?: string): Promise<string>;
	remove(fileId: string): Promise<void>;
	/** From now on every grant given out so far is over. */
	endGrants(): void;
	/** Every grant given out so far, to search for where none may be. */
	listSecrets(): string[];
}

interface StorageOptions {
	tokens: TokenStore;
	faults: FaultStore;
	now: () => number;
}

/** The cloud storage of all environments: WeChat's calls, COS's, and the functions' own way in. */
export function createStorage({ tokens, faults, now }: StorageOptions) {
	const files = createFileStore();
	const grants = createGrants(now);
	const parts = { tokens, faults, files, grants };
	// Functions come without a token: the address is their secret.
	const insidePath = `/sandbox/inside/${createRandomHex(16)}`;

	const put: StorageControls['put'] = async (env, path, content, contentType = '') => {
		const type = contentType || 'application/octet-stream';
		const file = { env, path, contentType: type, isLost: false };
		return (await files.write(file, toContent(content))).fileId;
	};
	const controls: StorageControls = {
		list: files.list,
		put,
		remove: files.remove,
		endGrants: grants.endAll,
		listSecrets: grants.listSecrets,
	};

	const streams: Readonly<Record<string, StreamHandler>> = {
		[BUCKET_PATH]: (request) => takeObject(request, parts),
		[`${BUCKET_PATH}/*path`]: (request) => giveObject(request, parts),
		[insidePath]: async (request: Request) => {
			const env = String(request.query.env);
			if (request.method === 'POST') {
				const path = String(request.query.path);
				if (!mayBePath(path)) return { answer: { kind: 'empty', status: 400 } };
				const contentType = request.get('content-type') ?? 'application/octet-stream';
				await files.write({ env, path, contentType, isLost: false }, request);
				return { answer: { kind: 'raw', status: 200, body: makeFileId(env, path) } };
			}
			const file = files.find(String(request.query.fileID));
			if (!file || file.isLost || file.env !== env)
				return { answer: { kind: 'empty', status: 404 } };
			const { contentType, bytes } = file;
			const open = (end?: number) => files.open(file, end);
			return { answer: { kind: 'file', status: 200, contentType, bytes, open } };
		},
	};

	return { calls: createStorageCalls(parts), streams, controls, insidePath, close: files.close };
}

async function* toContent(content: Buffer) {
	yield content;
}
