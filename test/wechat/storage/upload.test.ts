import type { Answer } from '../../../wechat/answer/answer';
import type { Failed } from '../../../wechat/answer/envelope';
import { buildFormBody } from '../../../wechat/storage/formBody';
import { buildUploadRequest, readGrant, type UploadGrant } from '../../../wechat/storage/upload';
import { readUploadAnswer } from '../../../wechat/storage/storageAnswer';

const answer = (body: unknown, status = 200): Answer => ({
	kind: 'answer',
	status,
	text: typeof body === 'string' ? body : JSON.stringify(body),
});

const GRANTED = {
	errcode: 0,
	errmsg: 'ok',
	url: 'https://cos.ap-shanghai.myqcloud.com/7368-shop-demo-1250000000',
	token: 'granted-token',
	authorization: 'q-sign-algorithm=sha1&q-signature=granted',
	file_id: 'cloud://shop-demo.7368-shop-demo-1250000000/n8n/a.png',
	cos_file_id: 'granted-file',
};
const grant = readGrant(answer(GRANTED)) as UploadGrant;

describe('a grant', () => {
	test('is asked for with env and path in the body, by batch development at its own address', () => {
		const body = JSON.stringify({ env: 'shop-demo', path: 'n8n/照片.png' });
		expect(buildUploadRequest('miniProgram', 'shop-demo', 'n8n/照片.png')).toEqual({
			method: 'POST',
			path: '/tcb/uploadfile',
			query: {},
			body,
		});
		expect(buildUploadRequest('component', 'shop-demo', 'n8n/照片.png')).toMatchObject({
			path: '/componenttcb/uploadfile',
			body,
		});
	});

	test('is read with all that the upload needs', () => {
		expect(grant).toEqual({
			kind: 'grant',
			url: GRANTED.url,
			authorization: GRANTED.authorization,
			securityToken: GRANTED.token,
			fileId: GRANTED.file_id,
			cosFileId: GRANTED.cos_file_id,
		});
	});

	test.each(['url', 'token', 'authorization', 'file_id', 'cos_file_id'])(
		'without %s is a clear error, and shows nothing of the rest',
		(field) => {
			const failed = readGrant(answer({ ...GRANTED, [field]: undefined })) as Failed;
			expect(failed.meaning).toMatchObject({ retryable: false, ran: 'no' });
			expect(failed.meaning.what).toContain(`no ${field}`);
			expect(JSON.stringify(failed)).not.toContain('granted');
		},
	);

	test.each([
		[48001, 'credential-invalid', /permission set 49/],
		[61007, 'credential-invalid', /permission set 49/],
		[-501007, 'configuration-invalid', /File Path/],
		[-503001, 'temporarily-unavailable', /Run the item again/],
		[-503002, 'configuration-invalid', /permissions of cloud storage/],
		[-503099, 'unknown-error', /Look up the code/],
		[45009, 'quota-exhausted', /./],
		[42001, 'credential-invalid', /./],
	])('refused with %i is %s, and no function has run', (errcode, category, hint) => {
		const failed = readGrant(answer({ errcode, errmsg: 'no rid: 1-2-3' })) as Failed;
		expect(failed).toMatchObject({ kind: 'failed', errcode, errmsg: 'no rid: 1-2-3' });
		expect(failed.meaning).toMatchObject({ category, ran: 'no' });
		expect(failed.meaning.hint).toMatch(hint);
	});
});

describe('the form', () => {
	const form = buildFormBody(grant, 'n8n/照片.png', 'image/png; name=x');
	const boundary = /^multipart\/form-data; boundary=([A-Za-z0-9-]+)$/.exec(form.contentType)?.[1];
	const part = (name: string, rest: string) =>
		`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n`;

	test('has its fields in the order of COS, and the file last', () => {
		expect(form.head.toString()).toBe(
			[
				part('key', '\r\n\r\nn8n/照片.png'),
				part('Signature', `\r\n\r\n${GRANTED.authorization}`),
				part('x-cos-security-token', `\r\n\r\n${GRANTED.token}`),
				part('x-cos-meta-fileid', `\r\n\r\n${GRANTED.cos_file_id}`),
				part('file', '; filename="file"\r\nContent-Type: image/png\r\n'),
			].join(''),
		);
		expect(form.tail.toString()).toBe(`\r\n--${boundary}--\r\n`);
	});

	test('a type that would break the form is none', () => {
		const { head } = buildFormBody(grant, 'a', 'text/\r\nX: y');
		expect(head.toString()).toMatch(/Content-Type: application\/octet-stream\r\n\r\n$/);
	});
});

describe('what the storage answers', () => {
	const read = (body: string, status: number) => readUploadAnswer(answer(body, status), grant);
	const xml = (code: string, message = 'why') =>
		`<?xml version='1.0'?><Error><Code>${code}</Code><Message>${message}</Message>` +
		'<RequestId>NWQ1</RequestId><TraceId>OGVm</TraceId></Error>';

	test.each([204, 200, 201])('%i is a success, whose file ID is the granted one', (status) => {
		expect(read('', status)).toEqual({ kind: 'uploaded', fileId: GRANTED.file_id });
	});

	test.each([
		['AccessDenied', 403, 'configuration-invalid', false],
		['EntityTooLarge', 400, 'configuration-invalid', false],
		['KeyTooLong', 400, 'configuration-invalid', false],
		['SignatureDoesNotMatch', 403, 'configuration-invalid', false],
		['SlowDown', 503, 'rate-limited', true],
		['InternalError', 500, 'temporarily-unavailable', true],
		['RequestTimeout', 400, 'temporarily-unavailable', true],
		['Whatever', 502, 'temporarily-unavailable', true],
		['toString', 400, 'unknown-error', false],
	])('%s (%i) is %s, retryable %s', (code, status, category, retryable) => {
		const failed = read(xml(code), status) as Failed;
		expect(failed.meaning).toMatchObject({ category, retryable, ran: 'no' });
		expect(failed).toMatchObject({
			errcode: null,
			errmsg: `${code}: why\nRequestId: NWQ1\nTraceId: OGVm`,
		});
	});

	test('a grant that is over may be tried again, with another one', () => {
		const failed = read(xml('AccessDenied', 'Request has expired'), 403) as Failed;
		expect(failed.meaning).toMatchObject({ category: 'temporarily-unavailable', retryable: true });
		expect(failed.meaning.what).toContain('permission that WeChat gave');
	});

	test('what was granted does not come back out of its words', () => {
		const echo = `${GRANTED.token} ${GRANTED.authorization.replace('&', '&amp;')} granted-file`;
		expect(JSON.stringify(read(xml('AccessDenied', echo), 403))).not.toContain('granted');
	});

	test.each([
		['a login page', '<!DOCTYPE html><html>log in</html>', 200, 'configuration-invalid'],
		['a redirect', '', 302, 'configuration-invalid'],
		['a proxy that is down', 'Bad Gateway', 502, 'temporarily-unavailable'],
	])('%s is none of its answers', (_, body, status, category) => {
		expect((read(body, status) as Failed).meaning).toMatchObject({ category, ran: 'no' });
	});

	test.each(['unreachable', 'timeout', 'broken'] as const)(
		'no answer (%s) is tried again: no function has run',
		(reason) => {
			const failed = readUploadAnswer({ kind: 'none', reason }, grant) as Failed;
			expect(failed.meaning).toMatchObject({
				category: 'temporarily-unavailable',
				retryable: true,
				ran: 'no',
			});
		},
	);
});
