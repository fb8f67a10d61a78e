import { createFaultCounter, type Fault } from './faults';
import type { FunctionFaults } from './functionFaults';
import type { Invocation } from '../invoke/invocation';

export type FaultFinder = (invocation: Invocation) => Fault;

/** The call's own instruction, even an empty one, goes before the function's fault. */
export function createFaultFinder(faults: FunctionFaults): FaultFinder {
	const applyTimes = createFaultCounter();
	return ({ function: name, fault, fingerprint }) =>
		fault ? applyTimes(fault, fingerprint) : faults.take(name);
}
