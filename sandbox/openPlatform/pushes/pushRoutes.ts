import type { Request } from 'express';
import { refuse, type Reply, type WholeAnswer } from '../../http/answers';
import { findApp } from '../../accounts/apps';
import { findComponent } from '../../accounts/components';
import { readFields, TEXT, TRUE, WHOLE, type FieldRule } from '../../faults/fields';
import { isObject, parseObject, readText } from '../../http/request';
import type { Handler } from '../../http/web';
import type { Telling } from './controls';
import type { PushResult } from './deliver';
import { EXAMPLES } from './messages';
import type { Pusher } from './pusher';

const MAX_COUNT = 1000;
const TELLING_RULES: Readonly<Record<keyof Telling, FieldRule>> = {
	fields: { accepts: isMessage, is: 'an object of texts, numbers and such objects' },
	message: TEXT,
	secondsLate: WHOLE,
	asMessage: TRUE,
};
/** Customers who authorize at the same moment. */
const PARALLEL_PUSHES = 10;

/** The sandbox's own addresses, which WeChat does not have: where pushes are asked for from outside. */
export function createPushRoutes(pusher: Pusher): Readonly<Record<string, Handler>> {
	function list(): WholeAnswer {
		return { kind: 'json', errcode: null, body: pusher.list() };
	}

	function change(request: Request, componentAppId: string): WholeAnswer {
		if (request.method === 'DELETE') {
			pusher.scheduleTickets(componentAppId, undefined);
			pusher.setEventUrl(componentAppId, undefined);
			return list();
		}
		if (request.method !== 'PUT') return refuse(405, 'only PUT and DELETE');
		const { eventUrl, ticketEveryMs } = parseObject(readText(request)) ?? {};
		if (!isWebAddress(eventUrl)) return refuse(400, 'eventUrl must be an http or https address');
		if (ticketEveryMs !== undefined && !isCount(ticketEveryMs, Infinity)) {
			return refuse(400, 'ticketEveryMs must be a whole number of milliseconds, 1 or more');
		}
		pusher.setEventUrl(componentAppId, eventUrl);
		pusher.scheduleTickets(componentAppId, ticketEveryMs);
		return list();
	}

	async function push(request: Request, componentAppId: string): Promise<WholeAnswer> {
		if (request.method !== 'POST') return refuse(405, 'only POST');
		const text = readText(request);
		const body = text === '' ? {} : parseObject(text);
		if (!body) return refuse(400, 'the body must be a JSON object, or empty');
		const { appId, count = 1 } = body;
		if (appId !== undefined && !findApp(appId)) return refuse(404, 'unknown app');
		if (!isCount(count, MAX_COUNT)) return refuse(400, `count must be from 1 to ${MAX_COUNT}`);
		const app = appId === undefined ? undefined : String(appId);

		const infoType = String(request.params.infoType);
		const isTold = Object.keys(TELLING_RULES).some((field) => field in body);
		switch (isTold ? undefined : infoType) {
			case 'component_verify_ticket':
				return report([await pusher.pushTicket(componentAppId)]);
			case 'authorized':
				return report(await authorizeMany(componentAppId, app, count));
			case 'updateauthorized':
				if (!app) return refuse(400, 'appId says whose authorization changes');
				return report([await pusher.updateAuthorization(componentAppId, app)]);
			case 'unauthorized':
				if (!app) return refuse(400, 'appId says whose authorization ends');
				return report([await pusher.cancelAuthorization(componentAppId, app)]);
			default:
				return await pushOther(componentAppId, infoType, body);
		}
	}

	/** Any InfoType that has an example, or is told what to say. */
	async function pushOther(
		componentAppId: string,
		infoType: string,
		given: Record<string, unknown>,
	): Promise<WholeAnswer> {
		const body = { ...given };
		delete body.appId;
		delete body.count;
		const telling = readFields<Telling>(body, 'push', TELLING_RULES);
		if (typeof telling === 'string') return refuse(400, telling);
		if (!EXAMPLES[infoType] && !telling.fields && telling.message === undefined) {
			return refuse(404, 'unknown InfoType: say in fields or message what it tells');
		}
		return report([await pusher.tell(componentAppId, infoType, telling)]);
	}

	async function authorizeMany(componentAppId: string, appId: string | undefined, count: number) {
		if (appId) return [await pusher.authorize(componentAppId, appId)];
		const results: PushResult[] = [];
		while (results.length < count) {
			const size = Math.min(PARALLEL_PUSHES, count - results.length);
			const batch = Array.from({ length: size }, async () => pusher.authorize(componentAppId));
			results.push(...(await Promise.all(batch)));
		}
		return results;
	}

	function forComponent(
		answer: (request: Request, componentAppId: string) => WholeAnswer | Promise<WholeAnswer>,
	): Handler {
		return async (request): Promise<Reply> => {
			const component = findComponent(request.params.component);
			if (!component) return { answer: refuse(404, 'unknown component') };
			return { appId: component.appId, answer: await answer(request, component.appId) };
		};
	}

	return {
		'/sandbox/pushes': ({ method }): Reply => ({
			answer: method === 'GET' ? list() : refuse(405, 'only GET'),
		}),
		'/sandbox/pushes/:component': forComponent(change),
		'/sandbox/pushes/:component/:infoType': forComponent(push),
	};
}

function report(pushes: PushResult[]): WholeAnswer {
	return { kind: 'json', errcode: null, body: { pushes } };
}

function isWebAddress(value: unknown): value is string {
	return typeof value === 'string' && /^https?:\/\/\S+$/.test(value) && URL.canParse(value);
}

function isMessage(value: unknown): boolean {
	return (
		isObject(value) &&
		Object.entries(value).every(
			([name, entry]) =>
				/^\w+$/.test(name) &&
				(typeof entry === 'string' || typeof entry === 'number' || isMessage(entry)),
		)
	);
}

function isCount(value: unknown, max: number): value is number {
	return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max;
}
