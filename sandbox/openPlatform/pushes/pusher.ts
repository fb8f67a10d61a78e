import { findApp, makeNumberedApp } from '../../accounts/apps';
import type { AuthorizationStore } from '../../accounts/authorizationStore';
import { findComponent, type Component } from '../../accounts/components';
import type { SandboxRequest } from '../../http/requestLog';
import type { TicketStore } from '../../accounts/ticketStore';
import { createPreAuthCode } from '../preAuthCode';
import { deliver, type Delivery, type PushResult } from './deliver';
import type { Telling } from './controls';
import { EXAMPLES, writeMessage } from './messages';
import { addressToAccount, sealPush } from './seal';
import { createSchedule } from './schedule';

/** Where the path of a request would be in the log, for what the sandbox itself sends. */
const PUSH_PATH = '(push)';

interface PusherParts {
	tickets: TicketStore;
	authorizations: AuthorizationStore;
	now: () => number;
	record: (entry: SandboxRequest) => void;
	timeLimitMs: number;
}

export type Pusher = ReturnType<typeof createPusher>;

/** Tells components what WeChat tells them: their ticket, and what their customers do. */
export function createPusher({ tickets, authorizations, now, record, timeLimitMs }: PusherParts) {
	const eventUrls = new Map<string, string>();
	const schedule = createSchedule((componentAppId) => void pushTicket(componentAppId));
	let lastCustomer = 0;

	async function push(
		component: Component,
		infoType: string,
		appId: string,
		{ fields, message, secondsLate = 0, asMessage }: Telling,
	): Promise<PushResult> {
		const createTime = Math.floor(now() / 1000) - secondsLate;
		const head = { AppId: component.appId, CreateTime: createTime, InfoType: infoType };
		const text = message ?? writeMessage({ ...head, ...fields });
		const push = sealPush(text, component, createTime);
		const sealed = asMessage ? addressToAccount(push) : push;
		const eventUrl = eventUrls.get(component.appId);
		const delivery: Delivery = eventUrl
			? await deliver(eventUrl, sealed, timeLimitMs)
			: { answered: false, tries: 0, status: null };
		const result = { infoType, appId, ...delivery };
		record(describePush(result));
		return result;
	}

	async function pushTicket(componentAppId: string): Promise<PushResult> {
		const component = requireComponent(componentAppId);
		const ComponentVerifyTicket = tickets.create(component);
		const fields = { ComponentVerifyTicket };
		return await push(component, 'component_verify_ticket', componentAppId, { fields });
	}

	async function pushAuthorization(infoType: string, componentAppId: string, appId: string) {
		const component = requireComponent(componentAppId);
		const code = authorizations.authorize(componentAppId, requireApp(appId));
		const fields = {
			AuthorizerAppid: appId,
			AuthorizationCode: code.value,
			AuthorizationCodeExpiredTime: code.expiresAt,
			PreAuthCode: createPreAuthCode(),
		};
		return await push(component, infoType, appId, { fields });
	}

	async function authorize(componentAppId: string, appId?: string): Promise<PushResult> {
		return await pushAuthorization('authorized', componentAppId, appId ?? nameNewCustomer());
	}

	async function updateAuthorization(componentAppId: string, appId: string): Promise<PushResult> {
		return await pushAuthorization('updateauthorized', componentAppId, appId);
	}

	async function cancelAuthorization(componentAppId: string, appId: string): Promise<PushResult> {
		const component = requireComponent(componentAppId);
		authorizations.cancel(componentAppId, requireApp(appId));
		const fields = { AuthorizerAppid: appId };
		return await push(component, 'unauthorized', appId, { fields });
	}

	async function tell(
		componentAppId: string,
		infoType: string,
		telling: Telling = {},
	): Promise<PushResult> {
		const component = requireComponent(componentAppId);
		const fields = { ...EXAMPLES[infoType], ...telling.fields };
		return await push(component, infoType, componentAppId, { ...telling, fields });
	}

	function nameNewCustomer(): string {
		lastCustomer += 1;
		return makeNumberedApp(lastCustomer).appId;
	}

	function setEventUrl(componentAppId: string, eventUrl: string | undefined): void {
		requireComponent(componentAppId);
		if (eventUrl) eventUrls.set(componentAppId, eventUrl);
		else eventUrls.delete(componentAppId);
	}

	function scheduleTickets(componentAppId: string, everyMs: number | undefined): void {
		requireComponent(componentAppId);
		schedule.set(componentAppId, everyMs);
	}

	return {
		setEventUrl,
		scheduleTickets,
		pushTicket,
		authorize,
		updateAuthorization,
		cancelAuthorization,
		tell,
		list: () => Object.fromEntries(eventUrls),
		stop: schedule.stop,
	};
}

function describePush({ infoType, appId, tries, answered, status }: PushResult): SandboxRequest {
	const unusual = status === null || status === 200 ? undefined : status;
	return { path: PUSH_PATH, appId, infoType, tries, answered, status: unusual, errcode: null };
}

function requireComponent(appId: string): Component {
	const component = findComponent(appId);
	if (!component) throw new Error(`There is no component ${appId} here.`);
	return component;
}

function requireApp(appId: string): string {
	if (!findApp(appId)) throw new Error(`There is no mini program ${appId} here.`);
	return appId;
}
