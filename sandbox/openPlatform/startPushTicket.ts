import type { Request } from 'express';
import { fail, succeed, type Reply } from '../http/answers';
import { findComponent } from '../accounts/components';
import { readTokenRequest } from '../http/request';

/** POST /cgi-bin/component/api_start_push_ticket; the answer does not wait for the first push. */
export function answerStartPushTicket(
	request: Request,
	startTickets: (componentAppId: string) => void,
): Reply {
	if (request.method !== 'POST') return { answer: fail(43002) };
	const body = readTokenRequest(request);
	if (typeof body === 'number') return { answer: fail(body) };
	if (!body.component_appid) return { answer: fail(41018) };
	if (!body.component_secret) return { answer: fail(41004) };
	const component = findComponent(body.component_appid);
	if (!component) return { answer: fail(61011) };
	const { appId } = component;
	if (body.component_secret !== component.secret) return { appId, answer: fail(40125) };
	startTickets(appId);
	return { appId, answer: succeed({ errcode: 0, errmsg: 'ok' }) };
}
