import { requireFunction } from '../runner/functionNames';

interface Run {
	functionName: string;
	itemKey?: string | number;
}

export type RunCounter = ReturnType<typeof createRunCounter>;

/** Counts a run when it starts: one whose caller has given up counts too. */
export function createRunCounter(functionNames: readonly string[]) {
	const runs = new Set<Run>();

	/** Adds a run, and returns how to take it back should it turn out that it never started. */
	function add(functionName: string, itemKey: string | number | undefined): () => void {
		const run = { functionName, itemKey };
		runs.add(run);
		return () => void runs.delete(run);
	}

	/** How often a function ran; with a key, how often for the item of this key. */
	function count(functionName: string, itemKey?: string | number): number {
		requireFunction(functionNames, functionName);
		return [...runs].filter(
			(run) =>
				run.functionName === functionName && (itemKey === undefined || run.itemKey === itemKey),
		).length;
	}

	return { add, count };
}
