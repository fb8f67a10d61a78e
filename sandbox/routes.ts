import type { Request } from 'express';
import type { AuthorizationStore } from './accounts/authorizationStore';
import type { TicketStore } from './accounts/ticketStore';
import { meetFault } from './faults/faultAnswers';
import { createFaultRoutes } from './faults/faultRoutes';
import type { FaultStore } from './faults/faultStore';
import type { Limiter } from './faults/limits';
import { fail, succeed, type Reply } from './http/answers';
import type { Handler } from './http/web';
import type { FunctionList } from './lists/functionList';
import { createListRoutes } from './lists/listGateway';
import { answerAuthorizerList } from './openPlatform/authorizerList';
import { answerPreAuthCode } from './openPlatform/preAuthCode';
import { createPushRoutes } from './openPlatform/pushes/pushRoutes';
import type { Pusher } from './openPlatform/pushes/pusher';
import { answerQueryAuth } from './openPlatform/queryAuth';
import { answerStartPushTicket } from './openPlatform/startPushTicket';
import { BUCKET_CALL_NAMES } from './storage/bucket';
import type { Storage } from './storage/storage';
import { answerAuthorizerToken } from './tokens/authorizerToken';
import { answerComponentToken } from './tokens/componentToken';
import { answerStableToken } from './tokens/stableToken';
import type { StableTokenStore } from './tokens/stableTokenStore';
import { createTokenServer } from './tokens/tokenServer';
import type { TokenStore } from './tokens/tokenStore';

const TICKET_INTERVAL_MS = 600_000;

/** What the sandbox consists of, for those who answer requests. */
export interface RouteParts {
	tokens: TokenStore;
	stableTokens: StableTokenStore;
	tickets: TicketStore;
	authorizations: AuthorizationStore;
	pusher: Pusher;
	functionList: FunctionList;
	storage: Storage;
	invocations: { now: Handler; later: Handler };
}

type Routes = Readonly<Record<string, Handler>>;

/** Who answers which of WeChat's addresses, and the token server's. A fault can be set for each. */
export function createCalls(parts: RouteParts): Routes {
	const { tokens, stableTokens, tickets, authorizations, pusher } = parts;
	const startTickets = (appId: string) => pusher.scheduleTickets(appId, TICKET_INTERVAL_MS);
	return {
		'/cgi-bin/stable_token': (request) => answerStableToken(request, tokens, stableTokens),
		'/cgi-bin/component/api_component_token': (request) =>
			answerComponentToken(request, tokens, tickets),
		'/cgi-bin/component/api_authorizer_token': (request) =>
			answerAuthorizerToken(request, tokens, authorizations),
		'/cgi-bin/component/api_query_auth': (request) =>
			answerQueryAuth(request, tokens, authorizations),
		'/cgi-bin/component/api_get_authorizer_list': (request) =>
			answerAuthorizerList(request, tokens, authorizations),
		'/cgi-bin/component/api_create_preauthcode': (request) => answerPreAuthCode(request, tokens),
		'/cgi-bin/component/api_start_push_ticket': (request) =>
			answerStartPushTicket(request, startTickets),
		'/cgi-bin/get_api_domain_ip': (request) => answerDomainIp(request, tokens),
		'/tcb/invokecloudfunction': parts.invocations.now,
		'/tcb/adddelayedfunctiontask': parts.invocations.later,
		...createTokenServer(tokens),
		...createListRoutes(parts),
		...parts.storage.calls,
	};
}

/** The names that a fault can be set for, beside those of functions: the last part of each address. */
export function nameCalls(calls: Routes): readonly string[] {
	return [...Object.keys(calls).map(nameCall), ...BUCKET_CALL_NAMES];
}

/** All addresses: the calls with the faults that are set for them, and the sandbox's own. */
export function createRoutes(
	calls: Routes,
	{ faults, limiter, pusher }: { faults: FaultStore; limiter: Limiter; pusher: Pusher },
): Routes {
	const faulty = Object.entries(calls).map(([path, handle]): [string, Handler] => [
		path,
		async (request) =>
			await meetFault(faults.take(nameCall(path)), async () => await handle(request)),
	]);
	return {
		...Object.fromEntries(faulty),
		...createFaultRoutes(faults, limiter),
		...createPushRoutes(pusher),
	};
}

function nameCall(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

/** GET /cgi-bin/get_api_domain_ip: the cheapest call that proves a token, of whatever kind. */
function answerDomainIp(request: Request, tokens: TokenStore): Reply {
	const check = tokens.check(request.query.access_token);
	if (check.kind === 'refused') return { answer: fail(check.errcode) };
	return { appId: check.appId, answer: succeed({ ip_list: ['127.0.0.1'] }) };
}
