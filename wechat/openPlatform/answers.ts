import { isRecord, type Answer } from '../outcome/answer';
import { CONFIGURATION, type Meaning } from '../outcome/codes';
import { readReply, toFailed, type Failed } from '../outcome/envelope';

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
	const body = readReply(answer, {
		purpose: 'the authorization',
		wanted: 'authorization_info',
		codes: OWN_CODES,
		againHint: AGAIN_HINT,
	});
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
	const body = readReply(answer, { purpose: 'the list of customers', wanted: 'list' });
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
	const body = readReply(answer, { purpose: 'ticket pushes' });
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

/** Codes that are not among those of an invocation. */
const OWN_CODES: Readonly<Record<number, Meaning>> = {
	61010: {
		...CONFIGURATION,
		what: 'the authorization code has expired or was used before',
		hint: 'A code is good once. Read the customer with the operation Get Many Authorizations, or let the customer authorize again.',
	},
};

const UNREADABLE: Meaning = {
	...CONFIGURATION,
	what: "WeChat's answer does not hold what was asked for",
	hint: 'Check the API host in the credential and any proxy in between.',
};

const AGAIN_HINT =
	'Run the item again. If an authorization code counts as used then, read the customer with the operation Get Many Authorizations.';
