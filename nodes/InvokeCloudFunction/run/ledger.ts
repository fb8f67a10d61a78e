import type { Failure } from '../../../wechat/outcome/failure';
import type { Success } from '../../../wechat/outcome/returnValue';
import type { NodeInput } from '../input/nodeInput';
import type { Answered } from './job';

/**
 * n8n's Retry On Fail runs the whole node again, from its first item. The ledger keeps what must not be
 * invoked again: in the node's context, which lives as long as the execution and is saved with it.
 */
export interface Ledger {
	/** What an earlier try of the same run came to for this item, if it is not to be invoked again. */
	recall(itemIndex: number): Answered | undefined;
	record(answered: Answered, safeToRepeat: boolean): void;
	/** Ends this try. `wantsRetry`: n8n will run the node again if it has a try left. */
	close(wantsRetry: boolean): void;
}

interface Entries {
	runIndex: number;
	tries: number;
	done: Answered[];
}

const KEY = 'doneBeforeRetry';
/** n8n's own limits for a node's Max. Tries. */
const N8N_TRIES = { least: 2, otherwise: 3, most: 5 };

const NO_LEDGER: Ledger = { recall: () => undefined, record: () => {}, close: () => {} };

export function openLedger({ context, node, runIndex }: NodeInput): Ledger {
	if (node.retryOnFail !== true) return NO_LEDGER;
	const kept = context.getContext('node');
	const earlier = kept[KEY] as Entries | undefined;
	const entries: Entries =
		earlier?.runIndex === runIndex ? earlier : { runIndex, tries: 0, done: [] };
	entries.tries += 1;
	kept[KEY] = entries;
	const byItem = new Map(
		entries.done.flatMap((done) => done.itemIndexes.map((itemIndex) => [itemIndex, done])),
	);
	const wanted = node.maxTries || N8N_TRIES.otherwise;
	const maxTries = Math.min(Math.max(wanted, N8N_TRIES.least), N8N_TRIES.most);
	return {
		recall: (itemIndex) => byItem.get(itemIndex),
		record(answered, safeToRepeat) {
			if (isDone(answered.outcome, safeToRepeat)) entries.done.push(answered);
		},
		close(wantsRetry) {
			if (!wantsRetry || entries.tries >= maxTries) delete kept[KEY];
		},
	};
}

/** A success, and a call that may have run the function with nobody knowing what came of it. */
function isDone(outcome: Success | Failure, safeToRepeat: boolean): boolean {
	if (outcome.kind === 'success') return true;
	return outcome.mayHaveRun && outcome.category !== 'function-error' && !safeToRepeat;
}
