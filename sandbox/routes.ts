import type { AuthorizationStore } from './accounts/authorizationStore';
import { answerAuthorizerList } from './openPlatform/authorizerList';
import { answerAuthorizerToken } from './tokens/authorizerToken';
import { answerComponentToken } from './tokens/componentToken';
import { answerDomainIp } from './tokens/domainIp';
import { answerQueryAuth } from './openPlatform/queryAuth';
import { answerStableToken } from './tokens/stableToken';
import type { StableTokenStore } from './tokens/stableTokenStore';
import { answerStartPushTicket } from './openPlatform/startPushTicket';
import type { TicketStore } from './accounts/ticketStore';
import { createTokenServer } from './tokens/tokenServer';
import type { TokenStore } from './tokens/tokenStore';
import type { Handler } from './http/web';

/** What is known of the components beside their tokens. */
interface ComponentState {
	tickets: TicketStore;
	authorizations: AuthorizationStore;
	/** Pushes a ticket now, and from now on every 10 minutes. */
	startTickets: (componentAppId: string) => void;
}

/** Who answers which path. */
export function createRoutes(
	tokens: TokenStore,
	stableTokens: StableTokenStore,
	invocations: { now: Handler; later: Handler },
	{ tickets, authorizations, startTickets }: ComponentState,
): Readonly<Record<string, Handler>> {
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
		'/cgi-bin/component/api_start_push_ticket': (request) =>
			answerStartPushTicket(request, startTickets),
		'/cgi-bin/get_api_domain_ip': (request) => answerDomainIp(request, tokens),
		'/tcb/invokecloudfunction': invocations.now,
		'/tcb/adddelayedfunctiontask': invocations.later,
		...createTokenServer(tokens),
	};
}
