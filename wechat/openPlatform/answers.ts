import { isRecord, type Answer } from '../outcome/answer';
import type { Meaning } from '../outcome/codes';
import { parseJson } from '../outcome/exactJson';
import { findMeaning } from '../outcome/meaning';
import type { Failed } from '../outcome/outcome';
import { toFailed } from '../tokens/tokenAnswer';

/** A customer of a service provider. */
export interface Authorization {
	authorizerAppId: string;
	refreshToken: string;
	/** The numbers of the permission sets the customer has granted; absent where WeChat does not say. */
	permissionSets?: number[];
	/** When the customer authorized the platform, in seconds since 1970; absent where WeChat does not say. */
	authorizedAt?: number;
}

export interface AuthorizationPage {
	kind: 'authorizations';
	authorizations: Authorization[];
	/** How many customers there are in all. */
	total: number;
}

/** Reads the answer to buildQueryAuthRequest. */
export function readAuthorization(
	answer: Answer,
): { kind: 'authorization'; authorization: Authorization } | Failed {
	const body = readBody(answer);
	if (body.kind === 'failed') return body;
	const info = body.fields.authorization_info;
	const authorization = isRecord(info)
		? toAuthorization(info.authorizer_appid, info.authorizer_refresh_token)
		: undefined;
	if (!isRecord(info) || authorization === undefined) return toFailed(UNREADABLE);
	const permissionSets = readPermissionSets(info.func_info);
	return { kind: 'authorization', authorization: { ...authorization, permissionSets } };
}

/** Reads the answer to buildAuthorizerListRequest. */
export function readAuthorizations(answer: Answer): AuthorizationPage | Failed {
	const body = readBody(answer);
	if (body.kind === 'failed') return body;
	const { list, total_count: total } = body.fields;
	if (!Array.isArray(list)) return toFailed(UNREADABLE);
	const authorizations = list.filter(isRecord).flatMap((entry) => {
		const authorization = toAuthorization(entry.authorizer_appid, entry.refresh_token);
		return authorization ? [{ ...authorization, authorizedAt: Number(entry.auth_time) }] : [];
	});
	return { kind: 'authorizations', authorizations, total: Number(total) };
}

/** Reads the answer to buildStartPushRequest. */
export function readStarted(answer: Answer): { kind: 'started' } | Failed {
	const body = readBody(answer);
	return body.kind === 'failed' ? body : { kind: 'started' };
}

function toAuthorization(appId: unknown, refreshToken: unknown): Authorization | undefined {
	if (typeof appId !== 'string' || typeof refreshToken !== 'string') return undefined;
	return { authorizerAppId: appId, refreshToken };
}

/** `[{ "funcscope_category": { "id": 49 } }]` */
function readPermissionSets(funcInfo: unknown): number[] {
	const ids = (Array.isArray(funcInfo) ? funcInfo : []).map(
		(entry) => isRecord(entry) && isRecord(entry.funcscope_category) && entry.funcscope_category.id,
	);
	return ids.filter((id): id is number => typeof id === 'number');
}

function readBody(answer: Answer): { kind: 'body'; fields: Record<string, unknown> } | Failed {
	if (answer.kind === 'none') {
		return toFailed(answer.reason === 'unreachable' ? UNREACHABLE : NO_ANSWER);
	}
	const fields = parseJson(answer.text);
	if (!isRecord(fields)) return toFailed(UNREADABLE, null, `HTTP ${answer.status}`);
	const { errcode } = fields;
	if (typeof errcode !== 'number' || errcode === 0) return { kind: 'body', fields };
	const errmsg = String(fields.errmsg ?? '');
	return toFailed(OWN_CODES[errcode] ?? explain(errcode, errmsg), errcode, errmsg);
}

/** What a code means here, where no function is called. */
function explain(errcode: number, errmsg: string): Meaning {
	const meaning = findMeaning(errcode, errmsg);
	if (meaning.ran === 'no') return meaning;
	return { ...meaning, ran: 'no', hint: 'Look up the code on the WeChat developer site.' };
}

const CONFIGURATION: Pick<Meaning, 'category' | 'retryable' | 'ran'> = {
	category: 'configuration-invalid',
	retryable: false,
	ran: 'no',
};

/** Codes that are not among those of an invocation. */
const OWN_CODES: Readonly<Record<number, Meaning>> = {
	61010: {
		...CONFIGURATION,
		what: 'the authorization code has expired or was used before',
		hint: 'A code is good once. Read the customer with the operation Get Many Authorizations, or let the customer authorize again.',
	},
};

const NO_ANSWER: Meaning = {
	category: 'temporarily-unavailable',
	retryable: true,
	ran: 'no',
	what: 'no answer came from WeChat',
	hint: 'Run the item again. If an authorization code counts as used then, read the customer with the operation Get Many Authorizations.',
};

const UNREACHABLE: Meaning = {
	...NO_ANSWER,
	what: 'WeChat could not be reached',
	hint: 'Check the network of n8n and the API host in the credential, then run the item again.',
};

const UNREADABLE: Meaning = {
	...NO_ANSWER,
	retryable: false,
	what: "the answer is not one of WeChat's",
	hint: 'Check the API host in the credential and any proxy in between.',
};
