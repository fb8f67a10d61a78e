import { buildPost, type WeChatRequest } from '../invoke/request';

/** Whose token asks: a service provider's own has other addresses than the two kinds of a mini program. */
export type ListAsker = 'miniProgram' | 'component';

/** What WeChat's pages show for one request; they name no maximum. */
export const FUNCTIONS_AT_ONCE = 20;

export interface FunctionsQuery {
	environment: string;
	/** How many functions to leave out. */
	offset: number;
	/** Part of the name; '' for all. */
	search: string;
}

/** The request for all environments: getenvinfo, or describeenvs for batch development. */
export function buildEnvironmentsRequest(asker: ListAsker): WeChatRequest {
	return buildPost(asker === 'component' ? '/componenttcb/describeenvs' : '/tcb/getenvinfo', {});
}

/**
 * The request for some functions of an environment: listfunctions, or getscflist for batch development.
 * Only the latter can search; the former lists them all.
 */
export function buildFunctionsRequest(asker: ListAsker, query: FunctionsQuery): WeChatRequest {
	const { environment: env, offset, search } = query;
	const page = { env, offset, limit: FUNCTIONS_AT_ONCE };
	if (asker === 'miniProgram') return buildPost('/tcb/listfunctions', page);
	const body = search === '' ? page : { ...page, searchkey: search };
	return buildPost('/componenttcb/getscflist', body);
}
