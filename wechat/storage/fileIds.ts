import { readField } from '../outcome/resultCheck';

/** A file that a result names. */
export interface NamedFile {
	/** The field of the binary data it becomes. */
	name: string;
	fileId: string;
}

const FILE_ID = /^cloud:\/\/[^/]+\/./;

/** Reads a comma-separated list of dot paths. */
export function parsePaths(list: string): string[] {
	const paths = list.split(',').map((path) => path.trim());
	return [...new Set(paths.filter((path) => path !== ''))];
}

/**
 * The files that fields of a result name: one by the last part of its path, those of a list by it and
 * their number, `name_0`, `name_1` and so on. What is no file ID is left out.
 */
export function findNamedFiles(result: unknown, paths: readonly string[]): NamedFile[] {
	const found = new Map<string, NamedFile>();
	for (const path of paths) {
		const value = readField(result, path);
		const parts = path.split('.');
		const ids = Array.isArray(value) ? value : [value];
		for (const [index, fileId] of ids.entries()) {
			if (!isFileId(fileId)) continue;
			const suffix = Array.isArray(value) ? `_${index}` : '';
			const short = parts[parts.length - 1] + suffix;
			// Two paths with the same last part: the later one goes by all of its parts.
			const name = found.has(short) ? parts.join('_') + suffix : short;
			found.set(name, { name, fileId });
		}
	}
	return [...found.values()];
}

/** The name of a file, as its ID ends. */
export function readFileName(fileId: string): string {
	return fileId.split('/').pop() ?? '';
}

function isFileId(value: unknown): value is string {
	return typeof value === 'string' && FILE_ID.test(value);
}
