import { createHash } from 'node:crypto';
import { createBoundedMap } from '../http/bounded';
import { countHits, readFault, type Fault } from './faults';

/** What a test does to functions and addresses without HTTP. */
export interface FaultControls {
	/** From now on the calls of this function, or to this address, meet the fault. */
	set(name: string, fault: Fault): void;
	/** Everything is as good as new. */
	clear(): void;
}

export type FaultStore = ReturnType<typeof createFaultStore>;

/** The fault of each function and address that has one, and the calls each has met. */
export function createFaultStore(listNames: () => readonly string[]) {
	const faults = new Map<string, { fault: Fault; calls: number }>();
	const callsBySaying = createBoundedMap<number>();

	const has = (name: string) => listNames().includes(name);

	function set(name: string, fault: Fault): void {
		if (!has(name)) {
			throw new Error(`The sandbox has no function or address "${name}".`);
		}
		const checked = readFault(fault, 'fault');
		if (typeof checked === 'string') throw new Error(checked);
		if (checked.times === 0) faults.delete(name);
		else faults.set(name, { fault: checked, calls: 0 });
	}

	/** The fault that one call meets; the call counts. */
	function take(name: string): Fault {
		const held = faults.get(name);
		if (!held) return {};
		const { fault } = held;
		held.calls += 1;
		const hits = countHits(fault, held.calls);
		if (hits === fault.times) faults.delete(name);
		return hits > countHits(fault, held.calls - 1) ? fault : {};
	}

	/** The same for an instruction that a call itself brings. Calls are told apart by what they say. */
	function takeOwn(fault: Fault, saying: string): Fault {
		const key = createHash('sha256').update(saying).digest('base64');
		const calls = callsBySaying.get(key) ?? 0;
		callsBySaying.set(key, calls + 1);
		return countHits(fault, calls + 1) > countHits(fault, calls) ? fault : {};
	}

	/** What is left of each. */
	function list(): Record<string, Fault> {
		const left = [...faults].map(([name, { fault, calls }]) => {
			const { times, skip } = fault;
			return [
				name,
				{
					...fault,
					...(skip !== undefined && { skip: Math.max(skip - calls, 0) }),
					...(times !== undefined && { times: times - countHits(fault, calls) }),
				},
			] as const;
		});
		return Object.fromEntries(left);
	}

	return {
		has,
		set,
		take,
		takeOwn,
		list,
		remove: (name: string) => void faults.delete(name),
		clear: () => faults.clear(),
	};
}
