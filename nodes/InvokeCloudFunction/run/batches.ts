import { isFailed, mayHaveRun } from '../../../wechat/answer/envelope';
import { settle, type Called, type Ran } from './answered';
import { invoke, type Run } from './invoke';
import type { Answered, Invocation } from './job';
import type { StepAside } from './runBounded';

/**
 * Invokes the function for all items of an invocation, in halves where they are too much for one call.
 * @param take gets what each of its calls came to, as soon as that is known
 * @param before what a call for more than these items came to
 */
export type InvokeInParts = (
	invocation: Invocation,
	stepAside: StepAside,
	take: (answered: Answered) => void,
	before?: Ran,
) => Promise<void>;

export function openBatches(run: Run): InvokeInParts {
	/** How many items of a function go through in one call, as far as this run has found out. */
	const sizes = new Map<string, number>();

	return async function invokeInParts(invocation, stepAside, take, before) {
		const { entries } = invocation;
		const most = sizes.size === 0 ? Infinity : (sizes.get(nameFunction(invocation)) ?? Infinity);
		if (entries.length > most) {
			for (let from = 0; from < entries.length; from += most) {
				const part = { ...invocation, entries: entries.slice(from, from + most) };
				await invokeInParts(part, stepAside, take, before);
			}
			return;
		}
		const called = await invoke(run, invocation, stepAside, before);
		if (called === undefined) return;
		if (mustPart(invocation, called)) {
			const half = Math.ceil(entries.length / 2);
			const key = nameFunction(invocation);
			sizes.set(key, Math.min(half, sizes.get(key) ?? Infinity));
			await invokeInParts(invocation, stepAside, take, hasRun(called) ? called : before);
		} else settle(invocation, called).forEach(take);
	};
}

function nameFunction({ account, target }: Invocation): string {
	return JSON.stringify([account.id, target]);
}

/** A request that is too large proves that nothing ran. One whose result is too large has run. */
function mustPart({ entries, rules, callback }: Invocation, { outcome }: Called): boolean {
	if (outcome.kind === 'success' || entries.length === 1) return false;
	// The workflow can wait for one call only.
	if (callback !== undefined) return false;
	const { tooLarge, ran } = outcome.meaning;
	if (tooLarge === 'request') return ran === 'no';
	return tooLarge === 'result' && rules.safeToRepeat;
}

function hasRun(called: Called): called is Ran {
	return isFailed(called.outcome) && mayHaveRun(called.outcome);
}
