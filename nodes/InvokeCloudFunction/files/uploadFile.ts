import { isFailed, type Failed } from '../../../wechat/answer/envelope';
import { buildFormBody } from '../../../wechat/storage/formBody';
import { readUploadAnswer } from '../../../wechat/storage/storageAnswer';
import { buildUploadRequest, readGrant, type UploadGrant } from '../../../wechat/storage/upload';
import { postForm } from '../../transport/storageRequests';
import type { OutgoingFile } from '../input/outgoingFiles';
import type { Rules } from '../input/rules';
import type { Who } from '../run/limits/limits';
import { openFile, type OpenFile } from './openFile';
import { askStorage, tryRepeatedly, type Storage } from './storage';

/** A file as req_data names it. The names are stored in users' functions. */
export interface SentFile {
	fileID: string;
	fileName: string;
	mimeType: string;
	/** In bytes. */
	fileSize: number;
}

export interface Uploaded {
	kind: 'sent';
	file: SentFile;
}

/** Puts a file of an item into cloud storage. Each try begins anew, with a grant of its own. */
export async function uploadFile(
	storage: Storage,
	who: Who,
	itemIndex: number,
	file: OutgoingFile,
	rules: Rules,
): Promise<Uploaded | Failed> {
	const { field, fileName, mimeType } = file;
	const opened = await openFile(storage.context, itemIndex, field);
	if (isFailed(opened)) return explain(field, opened);
	const uploaded = await tryRepeatedly(
		storage,
		who,
		rules,
		async () =>
			await storage.takeSlot(async () => {
				const grant = await askStorage(
					storage,
					(asker) => buildUploadRequest(asker, storage.environment, file.path),
					readGrant,
				);
				return isFailed(grant) ? grant : await send(storage, grant, file, opened, rules);
			}),
	);
	if (isFailed(uploaded)) return explain(field, uploaded);
	const { fileId: fileID } = uploaded;
	return { kind: 'sent', file: { fileID, fileName, mimeType, fileSize: opened.bytes } };
}

async function send(
	{ context }: Storage,
	grant: UploadGrant,
	{ path, mimeType }: OutgoingFile,
	{ bytes, wrap }: OpenFile,
	{ timeoutMs }: Rules,
) {
	const { contentType, head, tail } = buildFormBody(grant, path, mimeType);
	const wrapped = await wrap(head, tail);
	if (isFailed(wrapped)) return wrapped;
	const { body, findDamage } = wrapped;
	const form = { contentType, body, bytes: head.length + bytes + tail.length };
	const answer = await postForm(context, grant.url, form, timeoutMs);
	return findDamage() ?? readUploadAnswer(answer, grant);
}

const LONGEST_FIELD = 100;

function explain(field: string, failed: Failed): Failed {
	const name = field.length > LONGEST_FIELD ? `${field.slice(0, LONGEST_FIELD)}…` : field;
	const what = `its file "${name}" could not be put into cloud storage: ${failed.meaning.what}`;
	return { ...failed, meaning: { ...failed.meaning, what } };
}
