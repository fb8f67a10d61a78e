import type { Request } from 'express';
import { fail, succeed, type Reply, type WholeAnswer } from '../http/answers';
import { expectErrcode } from '../expectErrcode';
import { listEnvironments, refuseAccount, refuseEnvironment } from '../accounts/environments';
import { readPage, type FunctionList } from './functionList';
import { readTokenRequest } from '../http/request';
import type { TokenHolder, TokenStore } from '../tokens/tokenStore';
import type { Handler } from '../http/web';

type Body = Record<string, unknown>;

interface ListCall {
	path: string;
	/** Whether it is for the service provider's own token; else for the two others. */
	ofComponent: boolean;
	lists: 'environments' | 'functions';
}

const LIST_CALLS: readonly ListCall[] = [
	{ path: '/tcb/getenvinfo', ofComponent: false, lists: 'environments' },
	{ path: '/tcb/listfunctions', ofComponent: false, lists: 'functions' },
	{ path: '/componenttcb/describeenvs', ofComponent: true, lists: 'environments' },
	{ path: '/componenttcb/getscflist', ofComponent: true, lists: 'functions' },
];

/** Whether a mini program's own token may call them, as WeChat's pages name only the other two kinds. */
const OWN_TOKEN = {
	environments: 'ownTokenListsEnvironments',
	functions: 'ownTokenListsFunctions',
} as const;

interface ListGatewayParts {
	tokens: TokenStore;
	functionList: FunctionList;
}

/** The four calls that list environments and functions. */
export function createListRoutes(parts: ListGatewayParts): Readonly<Record<string, Handler>> {
	return Object.fromEntries(
		LIST_CALLS.map((call) => [call.path, (request: Request) => answerList(call, request, parts)]),
	);
}

function answerList(
	call: ListCall,
	request: Request,
	{ tokens, functionList }: ListGatewayParts,
): Reply {
	if (request.method !== 'POST') return { answer: fail(43002) };
	const holder = tokens.check(request.query.access_token);
	if (holder.kind === 'refused') return { answer: fail(holder.errcode) };
	const { appId } = holder;
	const body = readTokenRequest(request);
	const env = readEnvironment(body);
	const reply = { appId, env };

	const refusal = refuseCall(call, holder, body, env);
	if (refusal) return { ...reply, answer: refusal };
	const answer =
		call.lists === 'environments'
			? succeed({ errcode: 0, errmsg: 'ok', info_list: listEnvironments(appId) })
			: answerFunctions(body, functionList);
	return { ...reply, answer };
}

/** In the order of an invocation's checks. */
function refuseCall(
	{ ofComponent, lists }: ListCall,
	holder: TokenHolder,
	body: Body | number,
	env: string | undefined,
): WholeAnswer | undefined {
	if ((holder.kind === 'component') !== ofComponent) return fail(48001);
	const accountRefusal = refuseAccount(holder);
	if (accountRefusal) return fail(accountRefusal);
	if (typeof body === 'number') return fail(body);
	const isRefused = holder.kind === 'access' && expectErrcode(OWN_TOKEN[lists]) !== 0;
	if (isRefused) return fail(expectErrcode(OWN_TOKEN[lists]));
	if (lists === 'environments') return undefined;
	if (env === undefined) return fail(40101);
	const environmentRefusal = refuseEnvironment(env, holder);
	return environmentRefusal === undefined ? undefined : fail(environmentRefusal);
}

function answerFunctions(body: Body | number, functionList: FunctionList): WholeAnswer {
	const page = readPage(body);
	if (!page) return fail(40097);
	return succeed({ errcode: 0, errmsg: 'ok', ...functionList.read(page) });
}

function readEnvironment(body: Body | number): string | undefined {
	const env = typeof body === 'number' ? undefined : body.env;
	return typeof env === 'string' && env !== '' ? env : undefined;
}
