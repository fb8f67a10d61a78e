import type { Request } from 'express';
import { fail, succeed, type Reply, type WholeAnswer } from '../http/answers';
import { refuseAccount, refuseEnvironment } from '../accounts/environments';
import { isObject, readTokenRequest } from '../http/request';
import type { TokenHolder, TokenStore } from '../tokens/tokenStore';
import type { Handler } from '../http/web';
import { nameBucket, type FileStore } from './fileStore';
import type { Grants } from './grants';

const MOST_LINKS = 50;
const LONGEST_LINK_SECONDS = 86_400;
const USUAL_LINK_SECONDS = 7200;
const LONGEST_PATH_BYTES = 850;
const STATUS = { found: 0, missing: 1 } as const;

const STORAGE_CALL_NAMES = ['uploadfile', 'batchdownloadfile'] as const;
type CallName = (typeof STORAGE_CALL_NAMES)[number];

export interface StorageParts {
	tokens: TokenStore;
	files: FileStore;
	grants: Grants;
}

type Body = Record<string, unknown>;

/** The calls for a place and for links, each with an address for batch development too. */
export function createStorageCalls(parts: StorageParts): Readonly<Record<string, Handler>> {
	const routes = (['tcb', 'componenttcb'] as const).flatMap((root) =>
		STORAGE_CALL_NAMES.map((name) => [
			`/${root}/${name}`,
			(request: Request) => answerCall(root, name, request, parts),
		]),
	);
	return Object.fromEntries(routes) as Record<string, Handler>;
}

function answerCall(
	root: 'tcb' | 'componenttcb',
	name: CallName,
	request: Request,
	parts: StorageParts,
): Reply {
	if (request.method !== 'POST') return { answer: fail(43002) };
	const holder = parts.tokens.check(request.query.access_token);
	if (holder.kind === 'refused') return { answer: fail(holder.errcode) };
	const body = readTokenRequest(request);
	const env = typeof body === 'number' || typeof body.env !== 'string' ? '' : body.env;
	const reply = { appId: holder.appId, env: env || undefined };
	const refusal = refuse(root, holder, body, env);
	if (refusal || typeof body === 'number') return { ...reply, answer: refusal ?? fail(-1) };
	const host = `${request.protocol}://${request.get('host')}`;
	const answer =
		name === 'uploadfile'
			? answerUpload(host, env, body, parts)
			: answerLinks(host, env, body, parts);
	return { ...reply, answer };
}

/** In the order of an invocation's checks. */
function refuse(
	root: 'tcb' | 'componenttcb',
	holder: TokenHolder,
	body: Body | number,
	env: string,
): WholeAnswer | undefined {
	if ((holder.kind === 'component') !== (root === 'componenttcb')) return fail(48001);
	const account = refuseAccount(holder);
	if (account) return fail(account);
	if (typeof body === 'number') return fail(body);
	if (env === '') return fail(40101);
	const environment = refuseEnvironment(env, holder);
	return environment === undefined ? undefined : fail(environment);
}

function answerUpload(
	host: string,
	env: string,
	{ path }: Body,
	{ grants }: StorageParts,
): WholeAnswer {
	if (typeof path !== 'string') return fail(40101);
	if (!mayBePath(path)) return fail(-501007, 'invalid path');
	const grant = grants.grant(env, path);
	return succeed({
		errcode: 0,
		errmsg: 'ok',
		url: `${host}/sandbox/cos/${nameBucket(env)}`,
		token: grant.securityToken,
		authorization: grant.authorization,
		file_id: grant.fileId,
		cos_file_id: grant.cosFileId,
	});
}

export function mayBePath(path: string): boolean {
	if (path === '' || path.startsWith('/') || path.includes('//')) return false;
	if (/[\p{Cc}\p{Cs}]/u.test(path)) return false;
	return encodeURI(path).length <= LONGEST_PATH_BYTES;
}

/** errcode 0 says nothing of the single files. */
function answerLinks(
	host: string,
	env: string,
	{ file_list: list }: Body,
	{ files, grants }: StorageParts,
): WholeAnswer {
	if (!Array.isArray(list) || list.length === 0) return fail(40101);
	if (list.length > MOST_LINKS || !list.every(isWanted)) return fail(40097);
	const file_list = list.map(({ fileid, max_age = USUAL_LINK_SECONDS }) => {
		const file = files.find(fileid);
		if (file?.env !== env || file.isLost) {
			const errmsg = 'STORAGE_FILE_NONEXIST';
			return { fileid, download_url: '', status: STATUS.missing, errmsg };
		}
		// As WeChat's, the path is not encoded.
		const url = `${host}/sandbox/cos/${nameBucket(env)}/${file.path}`;
		const download_url = `${url}?${grants.signLink(fileid, max_age)}`;
		return { fileid, download_url, status: STATUS.found, errmsg: 'ok' };
	});
	return succeed({ errcode: 0, errmsg: 'ok', file_list });
}

interface WantedLink {
	fileid: string;
	max_age?: number;
}

function isWanted(entry: unknown): entry is WantedLink {
	if (!isObject(entry) || typeof entry.fileid !== 'string') return false;
	const { max_age: seconds = 1 } = entry;
	return (
		Number.isInteger(seconds) && Number(seconds) > 0 && Number(seconds) <= LONGEST_LINK_SECONDS
	);
}
