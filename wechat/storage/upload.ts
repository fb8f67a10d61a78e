import { buildPost, type WeChatRequest } from '../invoke/request';
import type { ListAsker } from '../lists/listRequests';
import type { Answer } from '../answer/answer';
import { readReply, toFailed, type Failed } from '../answer/envelope';
import { INCOMPLETE_GRANT, STORAGE_CODES, toStorageFailure } from './storageCodes';

/** WeChat's permission to put one file into cloud storage. It is good for about 15 minutes. */
export interface UploadGrant {
	kind: 'grant';
	/** Where the file goes. Not WeChat's own address: it gets no token. */
	url: string;
	/** Both are secrets while the grant lasts. */
	authorization: string;
	securityToken: string;
	/** What functions find the file by: `cloud://…`. */
	fileId: string;
	/** What goes along with the file, so that it can be read later. */
	cosFileId: string;
}

/** The request for a grant. Unlike invokeCloudFunction, this one takes its fields in the body. */
export function buildUploadRequest(
	asker: ListAsker,
	environment: string,
	path: string,
): WeChatRequest {
	return buildPost(`${findRoot(asker)}/uploadfile`, { env: environment, path });
}

/** Where cloud storage is asked: batch development has addresses of its own. */
export function findRoot(asker: ListAsker): '/componenttcb' | '/tcb' {
	return asker === 'component' ? '/componenttcb' : '/tcb';
}

/** Reads the answer to buildUploadRequest. */
export function readGrant(answer: Answer): UploadGrant | Failed {
	const reply = readReply(answer, { purpose: 'a place in cloud storage', codes: STORAGE_CODES });
	if (reply.kind === 'failed') return toStorageFailure(reply);
	const { url, authorization, token, file_id, cos_file_id } = reply.fields;
	const missing = Object.entries({ url, authorization, token, file_id, cos_file_id })
		.filter(([, value]) => typeof value !== 'string' || value === '')
		.map(([name]) => name);
	if (missing.length > 0 || !/^https?:\/\//i.test(String(url))) {
		const what = missing.length > 0 ? `no ${missing.join(', no ')}` : 'no usable url';
		return toFailed({ ...INCOMPLETE_GRANT, what: `${INCOMPLETE_GRANT.what} (${what})` });
	}
	return {
		kind: 'grant',
		url: String(url),
		authorization: String(authorization),
		securityToken: String(token),
		fileId: String(file_id),
		cosFileId: String(cos_file_id),
	};
}
