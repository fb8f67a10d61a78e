import type { IExecuteFunctions } from 'n8n-workflow';
import { toFailed, type Failed } from '../../../wechat/answer/envelope';
import { BUSY, CONFIGURATION } from '../../../wechat/codes/kinds';
import type { FileStream } from '../../transport/storageRequests';

/** A file of an input item, ready to be sent, as often as need be. */
export interface OpenFile {
	kind: 'file';
	bytes: number;
	/** Its bytes between these two: a stream where n8n has stored it, and in memory where n8n holds it there. */
	wrap(head: Buffer, tail: Buffer): Promise<Wrapped | Failed>;
}

export interface Wrapped {
	kind: 'wrapped';
	body: Buffer | FileStream;
	/** What was wrong with the file, once it has been sent. */
	findDamage(): Failed | undefined;
}

const GONE = toFailed({
	...CONFIGURATION,
	what: 'n8n no longer has it',
	hint: 'n8n deletes files with the execution they belong to. Run the workflow from the node that makes the file.',
});
const EMPTY = toFailed({
	...CONFIGURATION,
	what: 'it is empty',
	hint: 'Check the node that makes the file, or leave it out of the item.',
});
const OTHER_SIZE = toFailed({
	...CONFIGURATION,
	what: 'what n8n has of it is not as long as it should be',
	hint: 'Check the disk or the storage in which n8n keeps files, then run the workflow from the node that makes the file.',
});
const UNREADABLE = toFailed({
	...BUSY,
	what: 'n8n could not read it to its end',
	hint: 'Check the disk or the storage in which n8n keeps files, then run the item again.',
});

/** Never throws. */
export async function openFile(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<OpenFile | Failed> {
	try {
		const { id } = context.helpers.assertBinaryData(itemIndex, field);
		const file = id
			? await openStored(context, id)
			: toFile(await context.helpers.getBinaryDataBuffer(itemIndex, field));
		return file.bytes > 0 ? file : EMPTY;
	} catch {
		return GONE;
	}
}

async function openStored({ helpers }: IExecuteFunctions, id: string): Promise<OpenFile> {
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return {
		kind: 'file',
		bytes: fileSize,
		async wrap(head, tail) {
			try {
				// A stream can be sent once: each time it is opened anew.
				return enclose(await helpers.getBinaryStream(id), fileSize, head, tail);
			} catch {
				return GONE;
			}
		},
	};
}

function toFile(content: Buffer): OpenFile {
	return {
		kind: 'file',
		bytes: content.length,
		wrap: async (head, tail) => ({
			kind: 'wrapped',
			body: Buffer.concat([head, content, tail]),
			findDamage: () => undefined,
		}),
	};
}

function enclose(stream: FileStream, bytes: number, head: Buffer, tail: Buffer): Wrapped {
	let seen = 0;
	let damage: Failed | undefined;
	const body = stream.flatMap(function* (chunk: Buffer) {
		if (seen === 0) yield head;
		seen += chunk.length;
		if (seen > bytes) end(OTHER_SIZE);
		else yield chunk;
		if (seen === bytes) yield tail;
	});
	// Other bytes than announced would leave the storage waiting, or be taken for another request.
	function end(why: Failed): void {
		damage ??= why;
		body.destroy(new Error(why.meaning.what));
	}
	stream.once('end', () => {
		if (seen < bytes) end(OTHER_SIZE);
	});
	stream.once('error', () => end(UNREADABLE));
	return { kind: 'wrapped', body, findDamage: () => damage };
}
