import type { Request } from 'express';
import { refuse, type Reply, type WholeAnswer } from '../http/answers';
import { readFault } from './faults';
import type { FunctionFaults } from './functionFaults';
import { LOGIN_PAGE, LOGIN_PAGE_PATH } from './loginPage';
import { parseObject, readText } from '../http/requestBody';
import type { Handler } from '../http/web';

/** The sandbox's own addresses, which WeChat does not have: where faults are set from outside. */
export function createFaultRoutes(
	faults: FunctionFaults,
	functionNames: readonly string[],
): Readonly<Record<string, Handler>> {
	function list(): WholeAnswer {
		return { kind: 'json', errcode: null, body: faults.list() };
	}

	function change(request: Request): WholeAnswer {
		const name = String(request.params.function);
		if (!functionNames.includes(name)) return refuse(404, 'unknown function');
		if (request.method === 'DELETE') {
			faults.remove(name);
			return list();
		}
		if (request.method !== 'PUT') return refuse(405, 'only PUT and DELETE');
		const fault = readFault(parseObject(readText(request)), 'fault');
		if (typeof fault === 'string') return refuse(400, fault);
		faults.set(name, fault);
		return list();
	}

	return {
		'/sandbox/faults': ({ method }): Reply => ({
			answer: method === 'GET' ? list() : refuse(405, 'only GET'),
		}),
		'/sandbox/faults/:function': (request): Reply => ({ answer: change(request) }),
		[LOGIN_PAGE_PATH]: (): Reply => ({ answer: LOGIN_PAGE }),
	};
}
