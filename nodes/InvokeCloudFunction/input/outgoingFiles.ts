import type { IBinaryData } from 'n8n-workflow';
import type { RequestData } from '../../../wechat/invoke/request';
import type { Problem } from '../../../wechat/invoke/target';
import { DEFAULT_FOLDER, findPathProblem, makeUniquePath } from '../../../wechat/storage/paths';
import { findAt, parsePath, putInto } from './fieldPath';
import type { Rules } from './rules';

type NoWay = { kind: 'problem' } & Problem;

/** A file of an item that is to be put into cloud storage. */
export interface OutgoingFile {
	/** Of the item's binary data. */
	field: string;
	fileName: string;
	mimeType: string;
	/** Where it goes in cloud storage. */
	path: string;
}

/**
 * The files of an item, each with its path.
 * @param filePath what the user wants: a path, a folder that ends with "/", or nothing
 */
export function planFiles(
	binary: Readonly<Record<string, IBinaryData>>,
	filePath: string,
): { kind: 'files'; files: OutgoingFile[] } | NoWay {
	const isFolder = filePath === '' || filePath.endsWith('/');
	const fields = Object.keys(binary);
	const problem =
		filePath === '' ? undefined : findPathProblem(isFolder ? `${filePath}x` : filePath);
	if (problem !== undefined) return { kind: 'problem', ...problem };
	if (!isFolder && fields.length > 1) {
		return {
			kind: 'problem',
			what: `its ${fields.length} files would have the same path in cloud storage, "${filePath}"`,
			hint: 'Let the option File Path end with "/": then it is a folder, in which each file has its own name. Or leave it empty.',
		};
	}
	const files: OutgoingFile[] = [];
	for (const field of fields) {
		const { fileName, fileExtension, mimeType } = binary[field];
		const name = fileName || (fileExtension ? `${field}.${fileExtension}` : field);
		const path = isFolder ? makeUniquePath(filePath || DEFAULT_FOLDER, name) : filePath;
		// A folder may be so long that no file has room in it.
		const tooLong = findPathProblem(path);
		if (tooLong !== undefined) return { kind: 'problem', ...tooLong };
		files.push({
			...{ field, path, fileName: name },
			mimeType: mimeType || 'application/octet-stream',
		});
	}
	return { kind: 'files', files };
}

/** The request data with the files in the field that is meant for them. */
export function putFiles(
	event: RequestData,
	{ filesField = '', dotNotation }: Pick<Rules, 'filesField' | 'dotNotation'>,
	files: Record<string, unknown>,
): { kind: 'put'; event: RequestData; replaces: boolean } | NoWay {
	const parsed = parsePath(filesField, dotNotation);
	if (parsed.kind === 'problem') return parsed;
	const { path } = parsed;
	const withFiles = putInto(event, path, files);
	if (withFiles !== undefined) {
		return { kind: 'put', event: withFiles, replaces: findAt(event, path) !== undefined };
	}
	return {
		kind: 'problem',
		what: `the Files Field "${filesField}" lies in a field of the request data that holds no other fields`,
		hint: 'Choose another name in the option Files Field.',
	};
}
