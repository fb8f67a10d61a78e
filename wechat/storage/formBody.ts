import { randomUUID } from 'crypto';
import type { UploadGrant } from './upload';

/** What stands before and behind the bytes of a file, when it is sent as a form. */
export interface FormBody {
	/** The value of the Content-Type header. */
	contentType: string;
	head: Buffer;
	tail: Buffer;
}

const MIME_TYPE = /^[\w.+-]+\/[\w.+-]+/;
const LINE_END = '\r\n';

/**
 * The form in which Tencent's COS takes a file. It is strict: the fields in this order, the file last, a
 * boundary without quotes, no Content-Type on what is text, and the length of it all in the header.
 * @param path as the grant was asked for
 * @param mimeType of the file, which it keeps
 */
export function buildFormBody(grant: UploadGrant, path: string, mimeType: string): FormBody {
	const boundary = `----n8n${randomUUID().replaceAll('-', '')}`;
	const fields: Array<[string, string]> = [
		['key', path],
		['Signature', grant.authorization],
		['x-cos-security-token', grant.securityToken],
		// Without it the upload looks well, and the file can't be read later.
		['x-cos-meta-fileid', grant.cosFileId],
	];
	const texts = fields.map(([name, value]) =>
		[`--${boundary}`, `Content-Disposition: form-data; name="${name}"`, '', value].join(LINE_END),
	);
	const file = [
		`--${boundary}`,
		'Content-Disposition: form-data; name="file"; filename="file"',
		`Content-Type: ${MIME_TYPE.exec(mimeType)?.[0] ?? 'application/octet-stream'}`,
		'',
		'',
	].join(LINE_END);
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		head: Buffer.from([...texts, file].join(LINE_END)),
		tail: Buffer.from(`${LINE_END}--${boundary}--${LINE_END}`),
	};
}
