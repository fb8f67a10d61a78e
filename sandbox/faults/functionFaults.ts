import { readFault, type Fault } from './faults';
import { requireFunction } from '../runner/functionNames';

/** What a test does to functions without HTTP. */
export interface FaultControls {
	/** From now on the calls of this function meet the fault; with `times`, so many of them. */
	set(functionName: string, fault: Fault): void;
	/** Every function is as good as new. */
	clear(): void;
}

export type FunctionFaults = ReturnType<typeof createFunctionFaults>;

/** The fault of each function that has one. `times` counts down, at 0 the fault is over. */
export function createFunctionFaults(functionNames: readonly string[]) {
	const faults = new Map<string, Fault>();

	function put(name: string, fault: Fault): void {
		if (fault.times === 0) faults.delete(name);
		else faults.set(name, fault);
	}

	function set(name: string, fault: Fault): void {
		requireFunction(functionNames, name);
		const checked = readFault(fault, 'fault');
		if (typeof checked === 'string') throw new Error(checked);
		put(name, checked);
	}

	/** The fault that one call meets; the call counts. */
	function take(name: string): Fault {
		const fault = faults.get(name) ?? {};
		if (fault.times !== undefined) put(name, { ...fault, times: fault.times - 1 });
		return fault;
	}

	return {
		set,
		take,
		remove: (name: string) => void faults.delete(name),
		clear: () => faults.clear(),
		list: () => Object.fromEntries(faults),
	};
}
