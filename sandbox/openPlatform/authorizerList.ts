import type { Request } from 'express';
import { fail, succeed, type Reply } from '../http/answers';
import type { AuthorizationStore } from '../accounts/authorizationStore';
import { answerComponent } from './componentRequest';
import type { TokenStore } from '../tokens/tokenStore';

const COUNT_LIMIT = 500;

/** POST /cgi-bin/component/api_get_authorizer_list: a page of those who have authorized the component. */
export function answerAuthorizerList(
	request: Request,
	tokens: TokenStore,
	authorizations: AuthorizationStore,
): Reply {
	return answerComponent(request, tokens, (appId, { offset, count }) => {
		if (offset === undefined || count === undefined) return { appId, answer: fail(40101) };
		if (!isWholeNumber(offset) || !isWholeNumber(count) || count > COUNT_LIMIT) {
			return { appId, answer: fail(40097) };
		}
		const all = authorizations.list(appId);
		const list = all.slice(offset, offset + count).map((one) => ({
			authorizer_appid: one.appId,
			refresh_token: one.refreshToken,
			auth_time: one.authorizedAt,
		}));
		return { appId, answer: succeed({ total_count: all.length, list }) };
	});
}

function isWholeNumber(value: unknown): value is number {
	return Number.isInteger(value) && Number(value) >= 0;
}
