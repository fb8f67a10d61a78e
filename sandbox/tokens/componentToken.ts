import type { Request } from 'express';
import { fail, succeed, type Reply } from '../http/answers';
import { findComponent } from '../accounts/components';
import { findRefusedIp, readTokenRequest } from '../http/request';
import type { TicketStore } from '../accounts/ticketStore';
import type { TokenStore } from './tokenStore';

/** POST /cgi-bin/component/api_component_token */
export function answerComponentToken(
	request: Request,
	tokens: TokenStore,
	tickets: TicketStore,
): Reply {
	if (request.method !== 'POST') return { answer: fail(43002) };
	const body = readTokenRequest(request);
	if (typeof body === 'number') return { answer: fail(body) };
	if (!body.component_appid) return { answer: fail(41018) };
	if (!body.component_appsecret) return { answer: fail(41004) };
	const component = findComponent(body.component_appid);
	if (!component) return { answer: fail(61011) };

	const { appId } = component;
	if (body.component_appsecret !== component.secret) return { appId, answer: fail(40125) };
	const ip = findRefusedIp(request, component.registeredIps);
	if (ip) return { appId, answer: fail(61004, describeUnregisteredIp(ip)) };
	const refusal = tickets.refuse(component, body.component_verify_ticket);
	if (refusal) return { appId, answer: fail(refusal) };
	return { appId, answer: succeed(createGrant(tokens, appId)) };
}

/** Each request makes a new token; the ones before it stay good until their time is over. */
function createGrant(tokens: TokenStore, appId: string) {
	const token = tokens.create({ kind: 'component', appId });
	return { component_access_token: token.value, expires_in: tokens.countSecondsLeft(token) };
}

function describeUnregisteredIp(ip: string): string {
	return `access clientip is not registered requestIP: ${ip}`;
}
