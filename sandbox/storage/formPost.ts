import type { Request } from 'express';
import type { FileContent } from './fileStore';

/** The fields of a form, and its file, which is read as it comes. */
export interface Form {
	/** In the order in which they came. */
	fields: Array<[name: string, value: string]>;
	contentType: string;
	file: FileContent;
}

/** What is wrong with a form: COS calls it MalformedPOSTRequest. */
export class FormError extends Error {}

const LONGEST_HEAD_BYTES = 4096;
const LONGEST_FIELD_BYTES = 16_384;
const BOUNDARY = /^multipart\/form-data; *boundary=([^\s";,]{1,70})$/i;
const DISPOSITION = /^Content-Disposition: form-data; name="([^"]+)"(; filename="[ -~]*")?$/i;

/**
 * Reads a form up to its file, with the strictness people report of COS: a length, a boundary without
 * quotes, names in quotes, CRLF, no Content-Type on texts, the file named `file` and last.
 * @throws FormError
 */
export async function readForm(request: Request): Promise<Form> {
	if (request.get('content-length') === undefined) throw new FormError('Content-Length is missing');
	const boundary = BOUNDARY.exec(request.get('content-type') ?? '')?.[1];
	if (boundary === undefined) throw new FormError('The Content-Type has no plain boundary');
	const reader = createReader(request);
	const delimiter = `\r\n--${boundary}`;
	if ((await reader.readUntil(`--${boundary}\r\n`, LONGEST_HEAD_BYTES)) !== '') {
		throw new FormError('The body does not begin with the boundary');
	}
	const fields: Array<[string, string]> = [];
	for (;;) {
		const head = await reader.readUntil('\r\n\r\n', LONGEST_HEAD_BYTES);
		const [disposition, ...headers] = head.split('\r\n');
		const [, name, filename] = DISPOSITION.exec(disposition) ?? [];
		if (name === undefined) throw new FormError(`A part begins with "${disposition}"`);
		if (name === 'file' && filename !== undefined) {
			const contentType = readContentType(headers);
			return { fields, contentType, file: readFile(reader, delimiter) };
		}
		if (headers.length > 0) throw new FormError(`The field ${name} has headers of its own`);
		fields.push([name, await reader.readUntil(delimiter, LONGEST_FIELD_BYTES)]);
		if ((await reader.readUntil('\r\n', LONGEST_HEAD_BYTES)) !== '') {
			throw new FormError('The form holds no file');
		}
	}
}

async function* readFile(reader: Reader, delimiter: string): FileContent {
	yield* reader.streamUntil(delimiter);
	const end = await reader.readRest(LONGEST_HEAD_BYTES);
	if (end !== '--\r\n' && end !== '--') throw new FormError('The file is not the last field');
}

function readContentType(headers: string[]): string {
	const given = headers.map((header) => /^Content-Type: *(\S+)/i.exec(header)?.[1]);
	return given.find((type) => type !== undefined) ?? 'application/octet-stream';
}

type Reader = ReturnType<typeof createReader>;

/** Reads a body piece by piece. No more of it is kept than is needed to find the next mark. */
function createReader(body: AsyncIterable<Buffer>) {
	const chunks = body[Symbol.asyncIterator]();
	let buffer = Buffer.alloc(0);

	async function readMore(): Promise<boolean> {
		const { done, value } = await chunks.next();
		if (done) return false;
		buffer = Buffer.concat([buffer, value]);
		return true;
	}

	async function* streamUntil(mark: string): FileContent {
		for (;;) {
			const at = buffer.indexOf(mark);
			const end = at === -1 ? Math.max(buffer.length - mark.length, 0) : at;
			const ready = buffer.subarray(0, end);
			buffer = buffer.subarray(at === -1 ? end : end + mark.length);
			if (ready.length > 0) yield ready;
			if (at !== -1) return;
			if (!(await readMore())) throw new FormError('The body ends too early');
		}
	}

	return {
		streamUntil,
		async readUntil(mark: string, limit: number): Promise<string> {
			const parts: Buffer[] = [];
			let length = 0;
			for await (const part of streamUntil(mark)) {
				length += part.length;
				if (length > limit) throw new FormError('A part of the form is too long');
				parts.push(part);
			}
			return Buffer.concat(parts).toString('utf8');
		},
		async readRest(limit: number): Promise<string> {
			while (buffer.length <= limit && (await readMore()));
			return buffer.toString('utf8');
		},
	};
}
