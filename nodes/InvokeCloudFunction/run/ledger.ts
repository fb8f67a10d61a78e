import type { NodeInput } from '../input/nodeInput';
import type { SentFile } from '../files/uploadFile';
import type { SentFiles } from '../files/sendFiles';
import type { Answered } from './job';

/**
 * n8n's Retry On Fail runs the whole node again, from its first item, by rules of its own that differ from
 * version to version. The ledger keeps what must not be invoked again, until n8n runs the node for something else.
 */
export interface Ledger {
	/** What an earlier try of the same run came to for this item, if it is not to be invoked again. */
	recall(itemIndex: number): Answered | undefined;
	/** The same also where it is. Not there where nothing has run the function. */
	find(itemIndex: number): Answered | undefined;
	record(answered: Answered): void;
	/** What an earlier try has put into cloud storage. */
	sentFiles: SentFiles;
}

interface Entries {
	runIndex: number;
	ran: Map<number, Answered>;
	/** By item and field. */
	files: Map<string, SentFile>;
}

/**
 * By the node's context, an object that lives in the memory of one execution: the tries find it there, nothing
 * of it is saved with the execution, and it goes when the execution goes.
 */
const kept = new WeakMap<object, Entries>();

const NONE: Ledger = {
	recall: () => undefined,
	find: () => undefined,
	record: () => {},
	sentFiles: { find: () => undefined, remember: () => {} },
};

export function openLedger({ context, node, runIndex }: NodeInput): Ledger {
	if (node.retryOnFail !== true) return NONE;
	const owner = context.getContext('node');
	const earlier = kept.get(owner);
	const { ran, files } = earlier?.runIndex === runIndex ? earlier : open(owner, runIndex);
	const find = (itemIndex: number) => ran.get(itemIndex);
	return {
		recall(itemIndex) {
			const answered = find(itemIndex);
			return answered !== undefined && isDone(answered) ? answered : undefined;
		},
		find,
		record(answered) {
			const { outcome, itemIndexes } = answered;
			if (outcome.kind === 'failure' && !outcome.mayHaveRun) return;
			for (const itemIndex of itemIndexes) ran.set(itemIndex, answered);
		},
		sentFiles: {
			find: (itemIndex, field) => files.get(`${itemIndex} ${field}`),
			remember: (itemIndex, field, file) => void files.set(`${itemIndex} ${field}`, file),
		},
	};
}

function open(owner: object, runIndex: number): Entries {
	const entries: Entries = { runIndex, ran: new Map(), files: new Map() };
	kept.set(owner, entries);
	return entries;
}

/** A success, and a call that may have run the function with nobody knowing what came of it. */
function isDone({ outcome, call }: Answered): boolean {
	if (outcome.kind === 'success') return true;
	const isUnknown = outcome.mayHaveRun && outcome.category !== 'function-error';
	return isUnknown && call?.rules.safeToRepeat !== true;
}
