import type { Request } from 'express';
import type { Reply, WholeAnswer } from '../http/answers';
import { createRandomHex } from '../http/ids';
import { wait } from '../http/timers';
import { countRuns, readWire, spoil } from '../faults/faultAnswers';
import type { Fault } from '../faults/faults';
import type { FaultStore } from '../faults/faultStore';
import { makeFileId, nameBucket, type StoredFile } from './fileStore';
import { FormError, readForm, type Form } from './formPost';
import type { Grant } from './grants';
import type { StorageParts } from './storageCalls';

/** By the name under which a fault can be set for them, as COS calls them. */
export const BUCKET_CALL_NAMES = ['postObject', 'getObject'] as const;

export const BUCKET_PATH = '/sandbox/cos/:bucket';

/** An error of COS, which speaks XML. */
class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
	) {
		super(message);
	}
}

type BucketParts = Omit<StorageParts, 'tokens'> & { faults: FaultStore };

/** Takes a file as COS does: POST Object. The body is read as it comes, and in any case to its end. */
export async function takeObject(request: Request, parts: BucketParts): Promise<Reply> {
	const { faults, files, grants } = parts;
	const fault = faults.take('postObject');
	return await answerObject(request, fault, async () => {
		refuseStrangers(request, 'POST');
		const form = await readForm(request);
		const grant = checkFields(request, form, (token) => grants.find(token));
		if (grants.isOver(grant)) throw new Refusal(403, 'AccessDenied', 'Request has expired');
		const { env, path } = grant;
		const isLost = !form.fields.some(
			([name, value]) => name === 'x-cos-meta-fileid' && value === grant.cosFileId,
		);
		// A fault that comes before leaves no file.
		if (countRuns(fault) === 0) return { kind: 'empty', status: 204 };
		await files.write({ env, path, contentType: form.contentType, isLost }, form.file);
		return { kind: 'empty', status: 204 };
	});
}

/** Hands out a file to whoever holds a signed link: GET Object. */
export async function giveObject(request: Request, parts: BucketParts): Promise<Reply> {
	const { faults, files, grants } = parts;
	return await answerObject(request, faults.take('getObject'), async () => {
		refuseStrangers(request, 'GET');
		const file = findObject(request, files.list());
		const { sign, t } = request.query;
		const fileId = file?.fileId ?? '';
		if (!sign || !t) throw new Refusal(403, 'AccessDenied', 'Access Denied.');
		if (file === undefined || file.isLost) {
			throw new Refusal(404, 'NoSuchKey', 'The specified key does not exist.');
		}
		if (!grants.isGoodLink(fileId, sign, t)) {
			throw new Refusal(403, 'AccessDenied', 'Request has expired');
		}
		const { contentType, bytes } = file;
		return { kind: 'file', status: 200, contentType, bytes, open: (end) => files.open(file, end) };
	});
}

/** Whose token it is does not matter: none belongs here. */
function refuseStrangers(request: Request, method: string): void {
	if (request.method !== method) {
		throw new Refusal(405, 'MethodNotAllowed', 'The method is not allowed here.');
	}
	if (request.query.access_token !== undefined || request.get('authorization') !== undefined) {
		throw new Refusal(403, 'AccessDenied', 'A token of another service was sent here.');
	}
}

const FIELDS = ['key', 'Signature', 'x-cos-security-token'];
const LAST_FIELD = 'x-cos-meta-fileid';

function checkFields(
	request: Request,
	{ fields }: Form,
	find: (securityToken: string) => Grant | undefined,
): Grant {
	const names = fields.map(([name]) => name);
	const expected = names.includes(LAST_FIELD) ? [...FIELDS, LAST_FIELD] : FIELDS;
	if (names.join() !== expected.join()) {
		throw new FormError(`The fields are ${names.join(', ')}`);
	}
	const [key, signature, securityToken] = fields.map(([, value]) => value);
	const grant = find(securityToken);
	if (!grant || nameBucket(grant.env) !== request.params.bucket) {
		throw new Refusal(403, 'InvalidAccessKeyId', 'The access key Id does not exist.');
	}
	if (signature !== grant.authorization) {
		throw new Refusal(403, 'SignatureDoesNotMatch', 'The signature does not match.');
	}
	if (key !== grant.path) throw new Refusal(403, 'AccessDenied', 'Access Denied.');
	return grant;
}

function findObject({ params }: Request, files: StoredFile[]): StoredFile | undefined {
	const parts: unknown = params.path;
	const path = Array.isArray(parts) ? parts.join('/') : String(parts);
	return files.find(
		(file) => nameBucket(file.env) === params.bucket && file.fileId === makeFileId(file.env, path),
	);
}

async function answerObject(
	request: Request,
	fault: Fault,
	work: () => Promise<WholeAnswer>,
): Promise<Reply> {
	const answer = await work().catch((error: unknown) => {
		const refusal =
			error instanceof FormError ? new Refusal(400, 'MalformedPOSTRequest', error.message) : error;
		if (refusal instanceof Refusal) return describe(refusal);
		throw error;
	});
	// The caller reads no answer before it has sent everything.
	await readToEnd(request);
	await wait(fault.delayMs ?? 0);
	return { answer: spoil(answer, fault), ...readWire(fault) };
}

function describe({ status, code, message }: Refusal): WholeAnswer {
	const ids = `<RequestId>${createRandomHex(16)}</RequestId><TraceId>${createRandomHex(24)}</TraceId>`;
	const text = message.replace(/[<&]/g, (sign) => (sign === '<' ? '&lt;' : '&amp;'));
	const head = "<?xml version='1.0' encoding='utf-8' ?>";
	const body = `${head}\n<Error><Code>${code}</Code><Message>${text}</Message>${ids}</Error>`;
	return { kind: 'xml', status, body };
}

async function readToEnd(request: Request): Promise<void> {
	const rest = request.iterator({ destroyOnReturn: false });
	while (!(await rest.next()).done);
}
