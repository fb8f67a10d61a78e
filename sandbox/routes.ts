import { answerAuthorizerToken } from './authorizerToken';
import { answerComponentToken } from './componentToken';
import { answerDomainIp } from './domainIp';
import { createRefreshTokenStore } from './refreshTokenStore';
import { answerStableToken } from './stableToken';
import type { StableTokenStore } from './stableTokenStore';
import { createTokenServer } from './tokenServer';
import type { TokenStore } from './tokenStore';
import type { Handler } from './web';

/** Who answers which path. */
export function createRoutes(
	tokens: TokenStore,
	stableTokens: StableTokenStore,
	invocations: { now: Handler; later: Handler },
): Readonly<Record<string, Handler>> {
	const refreshTokens = createRefreshTokenStore();
	return {
		'/cgi-bin/stable_token': (request) => answerStableToken(request, tokens, stableTokens),
		'/cgi-bin/component/api_component_token': (request) => answerComponentToken(request, tokens),
		'/cgi-bin/component/api_authorizer_token': (request) =>
			answerAuthorizerToken(request, tokens, refreshTokens),
		'/cgi-bin/get_api_domain_ip': (request) => answerDomainIp(request, tokens),
		'/tcb/invokecloudfunction': invocations.now,
		'/tcb/adddelayedfunctiontask': invocations.later,
		...createTokenServer(tokens),
	};
}
