import type { FunctionRunner, Outcome } from '../runner/functionRunner';
import type { Invocation } from './invocation';

const MOST_KEPT = 100_000;

interface CountedRun {
	functionName: string;
	itemKey?: string | number;
}

/** Runs a function to its end, however long that takes. */
export type Run = (invocation: Invocation) => Promise<Outcome>;

/**
 * Runs functions and counts them: each when it starts, so that one whose caller has given up counts too, but none
 * that turns out not to have started.
 * @param findFilesUrl where functions reach the files of their environment
 */
export function createRuns(runner: FunctionRunner, findFilesUrl: () => string) {
	const runs = new Set<CountedRun>();

	const run: Run = async ({ function: functionName, event, key, env, appId }) => {
		const counted = { functionName, itemKey: key };
		runs.add(counted);
		const [oldest] = runs.size > MOST_KEPT ? runs : [];
		if (oldest) runs.delete(oldest);
		const place = { env, appId, filesUrl: findFilesUrl() };
		const outcome = await runner.invoke(functionName, event, place);
		if (outcome.kind === 'unstarted') runs.delete(counted);
		return outcome;
	};

	/** How often a function ran; with a key, how often for the item of this key. */
	function count(functionName: string, itemKey?: string | number): number {
		// A name that is typed wrongly would otherwise look like a function that never ran.
		if (!runner.functionNames.includes(functionName)) {
			throw new Error(`The sandbox has no function "${functionName}".`);
		}
		return [...runs].filter(
			(counted) =>
				counted.functionName === functionName &&
				(itemKey === undefined || counted.itemKey === itemKey),
		).length;
	}

	return { run, count };
}
