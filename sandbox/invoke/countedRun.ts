import type { FunctionRunner, Outcome } from '../runner/functionRunner';
import type { Invocation } from './invocation';
import type { RunCounter } from './runCounter';

export type Run = (invocation: Invocation) => Promise<Outcome>;

/**
 * Runs a function, and counts it: one that turns out not to have started does not count.
 * @param findFilesUrl where functions reach the files of their environment
 */
export function createCountedRun(
	runner: FunctionRunner,
	runs: RunCounter,
	findFilesUrl: () => string,
): Run {
	return async ({ function: name, event, key, env, appId }) => {
		const takeBack = runs.add(name, key);
		const outcome = await runner.invoke(name, event, { env, appId, filesUrl: findFilesUrl() });
		if (outcome.kind === 'unstarted') takeBack();
		return outcome;
	};
}
