import type { Fault } from './faults';

/** What all calls of a function are answered with, set from outside. */
export interface FaultStore {
	/** With `times`, the first so many calls from now on. */
	set(functionName: string, fault: Fault): void;
	clear(functionName?: string): void;
	list(): Record<string, Fault>;
	/** The fault for the next call of the function; the call counts. */
	take(functionName: string): Fault;
}

export function createFaultStore(): FaultStore {
	const faults = new Map<string, Fault>();
	return {
		set: (functionName, fault) => faults.set(functionName, fault),
		clear(functionName) {
			if (functionName === undefined) faults.clear();
			else faults.delete(functionName);
		},
		list: () => Object.fromEntries(faults),
		take(functionName) {
			const { times, ...fault } = faults.get(functionName) ?? {};
			if (times === undefined) return fault;
			if (times <= 1) faults.delete(functionName);
			else faults.set(functionName, { ...fault, times: times - 1 });
			return times === 0 ? {} : fault;
		},
	};
}
