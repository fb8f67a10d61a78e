import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** What earlier tries of the same run have done, by item. */
export type Ledger = Map<number, IDataObject[]>;

/**
 * By the object that n8n keeps for the node as long as the execution lasts. What is done is not written into
 * that object: n8n would save it with the execution, refresh tokens and all.
 */
const ledgers = new WeakMap<object, { runIndex: number; ledger: Ledger }>();

/**
 * n8n's Retry On Fail runs the whole node again, from its first item. An authorization code that was used
 * in an earlier try can't be used in the next: what it has bought is kept here for that long.
 */
export function openLedger(context: IExecuteFunctions): Ledger {
	if (context.getNode().retryOnFail !== true) return new Map();
	const execution = context.getContext('node');
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const earlier = ledgers.get(execution);
	if (earlier?.runIndex === runIndex) return earlier.ledger;
	const ledger: Ledger = new Map();
	ledgers.set(execution, { runIndex, ledger });
	return ledger;
}
