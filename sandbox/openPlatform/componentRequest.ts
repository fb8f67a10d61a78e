import type { Request } from 'express';
import { fail, type Reply } from '../http/answers';
import { readTokenRequest } from '../http/request';
import type { TokenStore } from '../tokens/tokenStore';

/** Answers what a component asks, once its token is good and the body is JSON of the same component. */
export function answerComponent(
	request: Request,
	tokens: TokenStore,
	answer: (appId: string, body: Record<string, unknown>) => Reply,
): Reply {
	if (request.method !== 'POST') return { answer: fail(43002) };
	const { component_access_token, access_token } = request.query;
	const check = tokens.check(component_access_token || access_token);
	if (check.kind === 'refused') return { answer: fail(check.errcode) };
	const { appId } = check;
	if (check.kind !== 'component') return { appId, answer: fail(61014) };

	const body = readTokenRequest(request);
	if (typeof body === 'number') return { appId, answer: fail(body) };
	if (!body.component_appid) return { appId, answer: fail(41018) };
	if (body.component_appid !== appId) return { appId, answer: fail(61011) };
	return answer(appId, body);
}
