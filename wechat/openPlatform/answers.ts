import { isRecord, type Answer } from '../answer/answer';
import { BUSY, CONFIGURATION, type Meaning } from '../codes/kinds';
import { readReply, toFailed, type Failed } from '../answer/envelope';

/** A customer of a service provider. */
export interface Authorization {
	authorizerAppId: string;
	/** null where WeChat gives none: for a customer whose code was never exchanged, for example. */
	refreshToken: string | null;
	/** The numbers of the permission sets the customer has granted; absent where WeChat does not say. */
	permissionSets?: number[];
	/** When the customer authorized the platform, in seconds since 1970; absent where WeChat does not say. */
	authorizedAt?: number;
}

export interface AuthorizationPage {
	kind: 'authorizations';
	authorizations: Authorization[];
	/** How many entries the page had, those among them that name no customer too. */
	entryCount: number;
	/** How many customers there are in all; Infinity where WeChat does not say. */
	total: number;
}

/** Reads the answer to buildQueryAuthRequest. */
export function readAuthorization(
	answer: Answer,
): { kind: 'authorization'; authorization: Authorization } | Failed {
	const reply = readReply(answer, {
		purpose: 'the authorization',
		wanted: 'authorization_info',
		codes: CODE_REFUSED,
		againHint: AGAIN_WITH_CODE_HINT,
	});
	if (reply.kind === 'failed') return reply;
	const { authorization_info: info } = reply.fields;
	if (!isRecord(info)) return toFailed(INCOMPLETE);
	const authorization = readCustomer(info.authorizer_appid, info.authorizer_refresh_token);
	if (!authorization) return toFailed(INCOMPLETE);
	const permissionSets = readPermissionSets(info.func_info);
	return { kind: 'authorization', authorization: { ...authorization, permissionSets } };
}

/** Reads the answer to buildAuthorizerListRequest. */
export function readAuthorizations(answer: Answer): AuthorizationPage | Failed {
	const reply = readReply(answer, { purpose: 'the list of customers', wanted: 'total_count' });
	if (reply.kind === 'failed') return reply;
	const { list, total_count: total } = reply.fields;
	// Who has no customers may get no list.
	if (!Array.isArray(list) && total === undefined) return toFailed(INCOMPLETE);
	const entries: unknown[] = Array.isArray(list) ? list : [];
	const authorizations = entries.filter(isRecord).flatMap((entry) => {
		const customer = readCustomer(entry.authorizer_appid, entry.refresh_token);
		const authorizedAt = readCount(entry.auth_time);
		return customer ? [{ ...customer, ...(authorizedAt !== undefined && { authorizedAt }) }] : [];
	});
	return {
		kind: 'authorizations',
		authorizations,
		entryCount: entries.length,
		total: readCount(total) ?? Infinity,
	};
}

/** Reads the answer to buildPreAuthCodeRequest. */
export function readPreAuthCode(
	answer: Answer,
): { kind: 'preAuthCode'; code: string; lifetimeSeconds: number } | Failed {
	const reply = readReply(answer, {
		purpose: 'a pre-authorization code',
		wanted: 'pre_auth_code',
	});
	if (reply.kind === 'failed') return reply;
	const { pre_auth_code: code, expires_in: lifetime } = reply.fields;
	if (typeof code !== 'string' || code === '') return toFailed(INCOMPLETE);
	const told = readCount(lifetime) || CODE_LIFETIME_SECONDS.shortest;
	const lifetimeSeconds = Math.min(told, CODE_LIFETIME_SECONDS.longest);
	return { kind: 'preAuthCode', code, lifetimeSeconds };
}

/** WeChat's page says 600 in one place and 1800 in another. */
const CODE_LIFETIME_SECONDS = { shortest: 600, longest: 1800 };

/**
 * Reads the answer to buildStartPushRequest.
 * @returns wasRunning: tickets were pushed all along
 */
export function readStarted(answer: Answer): { kind: 'started'; wasRunning: boolean } | Failed {
	const reply = readReply(answer, { purpose: 'the start of ticket pushes' });
	if (reply.kind === 'failed') return reply;
	return { kind: 'started', wasRunning: /in a normal state/i.test(reply.errmsg) };
}

/** An empty token would be written over a good one: it counts as none. */
function readCustomer(appId: unknown, refreshToken: unknown): Authorization | undefined {
	if (typeof appId !== 'string' || appId === '') return undefined;
	const token = typeof refreshToken === 'string' ? refreshToken.trim() : '';
	return { authorizerAppId: appId, refreshToken: token || null };
}

/** `[{ "funcscope_category": { "id": 49 } }]`; an ID may come as text. */
function readPermissionSets(funcInfo: unknown): number[] {
	return (Array.isArray(funcInfo) ? funcInfo : [])
		.map(
			(entry) => isRecord(entry) && isRecord(entry.funcscope_category) && entry.funcscope_category,
		)
		.map((category) => category && readCount(category.id))
		.filter((id): id is number => typeof id === 'number');
}

/** A whole number that may come as text; `undefined` for anything else. */
function readCount(value: unknown): number | undefined {
	const isCount =
		typeof value === 'number' || (typeof value === 'string' && /^\s*\d+\s*$/.test(value));
	return isCount && Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
}

const AGAIN_WITH_CODE_HINT =
	'Then run the item again. If the authorization code counts as used by then, read the customer with the operation Get Many Authorizations.';

const USED_CODE: Meaning = {
	...CONFIGURATION,
	what: 'the authorization code has expired or was used before',
	hint: 'A code is good once. Read the customer with the operation Get Many Authorizations, or let the customer authorize again.',
};

/** Codes that are not among those of an invocation, or mean something else here. */
const CODE_REFUSED: Readonly<Record<number, Meaning>> = { 61009: USED_CODE, 61010: USED_CODE };

const INCOMPLETE: Meaning = {
	...BUSY,
	retryable: false,
	what: "WeChat's answer does not hold what was asked for",
	hint: 'Check the API host in the credential and any proxy in between.',
};
