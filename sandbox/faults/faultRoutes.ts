import type { Request } from 'express';
import { findOwner } from '../accounts/environments';
import { refuse, type Reply, type WholeAnswer } from '../http/answers';
import { parseObject, readText } from '../http/request';
import type { Handler } from '../http/web';
import { LOGIN_PAGE, LOGIN_PAGE_PATH } from './faultAnswers';
import { readFault } from './faults';
import type { FaultStore } from './faultStore';
import { readLimits, type Limiter } from './limits';

/** Instructions that are kept by name. */
interface Kept<T extends object> {
	/** Why there can be none of this name. */
	refuseName(name: string): string | undefined;
	read(instruction: unknown): T | string;
	set(name: string, instruction: T): void;
	remove(name: string): void;
	list(): object;
}

/** The sandbox's own addresses, which WeChat does not have: where faults and limits are set from outside. */
export function createFaultRoutes(
	faults: FaultStore,
	limiter: Limiter,
): Readonly<Record<string, Handler>> {
	return {
		...createKeptRoutes('/sandbox/faults', {
			...faults,
			refuseName: (name) => (faults.has(name) ? undefined : 'unknown function or address'),
			read: (instruction) => readFault(instruction, 'fault'),
		}),
		...createKeptRoutes('/sandbox/limits', {
			...limiter,
			refuseName: (env) => (findOwner(env) ? undefined : 'unknown environment'),
			read: readLimits,
		}),
		[LOGIN_PAGE_PATH]: (): Reply => ({ answer: LOGIN_PAGE }),
	};
}

function createKeptRoutes<T extends object>(path: string, kept: Kept<T>): Record<string, Handler> {
	function list(): WholeAnswer {
		return { kind: 'json', errcode: null, body: kept.list() };
	}

	function change(request: Request): WholeAnswer {
		const name = String(request.params.name);
		const unknown = kept.refuseName(name);
		if (unknown) return refuse(404, unknown);
		if (request.method === 'DELETE') {
			kept.remove(name);
			return list();
		}
		if (request.method !== 'PUT') return refuse(405, 'only PUT and DELETE');
		const instruction = kept.read(parseObject(readText(request)));
		if (typeof instruction === 'string') return refuse(400, instruction);
		kept.set(name, instruction);
		return list();
	}

	return {
		[path]: ({ method }) => ({ answer: method === 'GET' ? list() : refuse(405, 'only GET') }),
		[`${path}/:name`]: (request) => ({ answer: change(request) }),
	};
}
