import { isFailed, type Failed } from '../../../wechat/answer/envelope';
import type { OutgoingFile } from '../input/outgoingFiles';
import type { Rules } from '../input/rules';
import type { Who } from '../run/limits/limits';
import type { Storage } from './storage';
import { uploadFile, type SentFile } from './uploadFile';

/** What n8n's Retry On Fail comes back to and need not be sent again, by item and field. */
export interface SentFiles {
	find(itemIndex: number, field: string): SentFile | undefined;
	remember(itemIndex: number, field: string, file: SentFile): void;
}

/** The files of an item as req_data carries them, by their fields. */
export interface Sent {
	kind: 'sent';
	files: Record<string, SentFile>;
}

/** Puts the files of an item into cloud storage, or tells why the first that can't be there is not. */
export async function sendFiles(
	storage: Storage,
	who: Who,
	itemIndex: number,
	files: readonly OutgoingFile[],
	rules: Rules,
	known: SentFiles,
): Promise<Sent | Failed> {
	const outcomes = await Promise.all(
		files.map(async (file) => {
			const { field } = file;
			const earlier = known.find(itemIndex, field);
			if (earlier !== undefined) return { field, file: earlier, kind: 'sent' as const };
			const uploaded = await uploadFile(storage, who, itemIndex, file, rules);
			if (isFailed(uploaded)) return uploaded;
			known.remember(itemIndex, field, uploaded.file);
			return { field, ...uploaded };
		}),
	);
	const failed = outcomes.find(isFailed);
	if (failed !== undefined) return failed;
	const sent = outcomes.filter((outcome) => outcome.kind === 'sent');
	return { kind: 'sent', files: Object.fromEntries(sent.map(({ field, file }) => [field, file])) };
}
