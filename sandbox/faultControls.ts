import type { Request } from 'express';
import type { Answer, Reply } from './answers';
import { readFault } from './faults';
import type { FaultStore } from './faultStore';
import { parseObject, readText } from './requestBody';
import type { Handler } from './web';

/** For people: sets from outside what the calls of a function are answered with. None of it is WeChat's. */
export function createFaultControls(faults: FaultStore): Readonly<Record<string, Handler>> {
	function change(request: Request): Reply {
		const name = String(request.params.function);
		if (request.method === 'DELETE') {
			faults.clear(name);
			return { answer: tell(200, faults.list()) };
		}
		if (request.method !== 'PUT') return { answer: tell(405, { error: 'only PUT and DELETE' }) };
		const fault = readFault(parseObject(readText(request)) ?? 'no object');
		if (typeof fault === 'string') return { answer: tell(400, { error: fault }) };
		faults.set(name, fault);
		return { answer: tell(200, faults.list()) };
	}
	return {
		'/sandbox/faults': () => ({ answer: tell(200, faults.list()) }),
		'/sandbox/faults/:function': change,
	};
}

function tell(status: number, body: object): Answer {
	return { kind: 'json', status, errcode: null, body };
}
