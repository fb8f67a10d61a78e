import { buildPost, type WeChatRequest } from '../invoke/request';
import type { ListAsker } from '../lists/listRequests';
import { isRecord, type Answer } from '../answer/answer';
import { BUSY, CONFIGURATION, type Meaning } from '../codes/kinds';
import { readReply, toFailed, type Failed } from '../answer/envelope';
import { STORAGE_CODES, toStorageFailure } from './storageCodes';
import { findRoot } from './upload';

/** What WeChat's page allows in one request. */
export const LINKS_AT_ONCE = 50;
/** Longer than any download waits for its turn. */
const LINK_LIFETIME_SECONDS = 7200;
const FOUND = 0;

/** An address that anyone can fetch the file from while it is good: a secret. */
export interface Link {
	kind: 'link';
	url: string;
}

export interface Links {
	kind: 'links';
	/** For every file that was asked for. */
	byFileId: Map<string, Link | Failed>;
}

/** The request for the addresses of files, LINKS_AT_ONCE at most. */
export function buildLinksRequest(
	asker: ListAsker,
	environment: string,
	fileIds: readonly string[],
): WeChatRequest {
	const file_list = fileIds.map((fileid) => ({ fileid, max_age: LINK_LIFETIME_SECONDS }));
	return buildPost(`${findRoot(asker)}/batchdownloadfile`, { env: environment, file_list });
}

/** Reads the answer to buildLinksRequest: errcode 0 does not mean that each file is there. */
export function readLinks(answer: Answer, fileIds: readonly string[]): Links | Failed {
	const reply = readReply(answer, {
		purpose: 'links to files',
		wanted: 'file_list',
		codes: STORAGE_CODES,
	});
	if (reply.kind === 'failed') return toStorageFailure(reply);
	const { file_list: list } = reply.fields;
	const entries = Array.isArray(list) ? list.filter(isRecord) : [];
	const find = (fileId: string) =>
		entries.find(({ fileid, file_id }) => fileid === fileId || file_id === fileId);
	return { kind: 'links', byFileId: new Map(fileIds.map((id) => [id, readLink(find(id))])) };
}

function readLink(entry: Record<string, unknown> | undefined): Link | Failed {
	if (entry === undefined) return toFailed(LEFT_OUT);
	const { download_url: url, status, errmsg } = entry;
	const isThere = Number(status ?? FOUND) === FOUND;
	if (isThere && typeof url === 'string' && /^https?:\/\//i.test(url)) {
		return { kind: 'link', url: encodeLink(url) };
	}
	const words = typeof errmsg === 'string' && !/^ok$/i.test(errmsg) ? errmsg : '';
	return toFailed(MISSING, null, [words, `status ${String(status)}`].filter(Boolean).join(', '));
}

const MISSING: Meaning = {
	...CONFIGURATION,
	what: 'it is not in cloud storage',
	hint: 'Check that the function has written the file to the environment that the node names, and that nothing has deleted it.',
};
const LEFT_OUT: Meaning = {
	...BUSY,
	what: "WeChat's answer leaves it out",
	hint: 'Fetch the file with the file ID in error.result.',
};

/** WeChat may leave Chinese, spaces and signs of the path as they are. What is encoded stays so. */
function encodeLink(url: string): string {
	const safe = url.replace(/%(?![0-9a-f]{2})/gi, '%25').replaceAll('#', '%23');
	return encodeURI(safe.replace(/\p{Cs}/gu, '_')).replace(/%25([0-9a-f]{2})/gi, '%$1');
}
