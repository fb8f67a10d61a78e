import type { IExecuteFunctions } from 'n8n-workflow';
import type { Problem } from '../../../wechat/invoke/target';
import type { FileStream } from '../../transport/storageRequests';

/** A file of an input item, ready to be sent, as often as need be. */
export interface OpenFile {
	kind: 'file';
	bytes: number;
	/** Its bytes between these two: a stream where n8n has stored it, and in memory where n8n holds it there. */
	wrap(head: Buffer, tail: Buffer): Promise<Buffer | FileStream>;
}

export interface NoFile extends Problem {
	kind: 'noFile';
}

const GONE: NoFile = {
	kind: 'noFile',
	what: 'n8n no longer has it',
	hint: 'n8n deletes files with the execution they belong to. Run the workflow from the node that makes the file.',
};
const EMPTY: NoFile = {
	kind: 'noFile',
	what: 'it is empty',
	hint: 'Check the node that makes the file, or leave it out of the item.',
};

/** Never throws. */
export async function openFile(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<OpenFile | NoFile> {
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
		// A stream can be sent once: each time it is opened anew.
		wrap: async (head, tail) => enclose(await helpers.getBinaryStream(id), fileSize, head, tail),
	};
}

function toFile(content: Buffer): OpenFile {
	return {
		kind: 'file',
		bytes: content.length,
		wrap: async (head, tail) => Buffer.concat([head, content, tail]),
	};
}

function enclose(stream: FileStream, bytes: number, head: Buffer, tail: Buffer): FileStream {
	let seen = 0;
	const body = stream.flatMap(function* (chunk: Buffer) {
		if (seen === 0) yield head;
		seen += chunk.length;
		yield chunk;
		if (seen === bytes) yield tail;
	});
	// Fewer bytes than announced would leave the storage waiting for the rest.
	stream.once('end', () => {
		if (seen < bytes) body.destroy(new Error('The file is shorter than n8n has noted.'));
	});
	stream.once('error', (error) => body.destroy(error));
	return body;
}
