import type { Request } from 'express';
import { fail, succeed, type Reply } from '../http/answers';
import type { TokenStore } from './tokenStore';

/** GET /cgi-bin/get_api_domain_ip: the cheapest call that proves a token, of whatever kind. */
export function answerDomainIp(request: Request, tokens: TokenStore): Reply {
	const check = tokens.check(request.query.access_token);
	if ('errcode' in check) return { answer: fail(check.errcode) };
	return { appId: check.appId, answer: succeed({ ip_list: ['127.0.0.1'] }) };
}
