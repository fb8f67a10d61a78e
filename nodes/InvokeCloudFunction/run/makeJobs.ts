import type { NodeInput } from '../input/nodeInput';
import { openItems, type ItemRequest, type ReadItem } from '../input/readItem';
import type { RunRules } from '../input/rules';
import type { FindAccount } from './accounts';
import { describeSurprise } from './answered';
import type { Answered, Invocation, Job } from './job';
import type { Ledger } from './ledger';
import { createPatience } from './wait';

/** The calls to make, one after the other: what is not sent yet is not prepared either. */
export async function* makeJobs(
	input: NodeInput,
	runRules: RunRules,
	ledger: Ledger,
	findAccount: FindAccount,
): AsyncGenerator<Job> {
	const { batchSize } = runRules;
	const readItem = openItems(input, runRules);
	const open = new Map<string, Invocation>();
	for (const itemIndex of input.items.keys()) {
		const earlier = ledger.recall(itemIndex);
		if (earlier !== undefined) {
			if (earlier.itemIndexes[0] === itemIndex) yield earlier;
			continue;
		}
		const job = await makeJob(readItem, runRules, findAccount, itemIndex);
		if (job.kind === 'answered' || batchSize === undefined) {
			yield job;
			continue;
		}
		const key = toBatchKey(job);
		const batch = open.get(key);
		batch?.entries.push(...job.entries);
		open.set(key, batch ?? job);
		if ((batch ?? job).entries.length < batchSize) continue;
		open.delete(key);
		yield batch ?? job;
	}
	yield* open.values();
}

/** The call for one item alone. Never throws: whatever is wrong with an item costs this one only. */
async function makeJob(
	readItem: ReadItem,
	runRules: RunRules,
	findAccount: FindAccount,
	itemIndex: number,
): Promise<Job> {
	try {
		const asked = readItem(itemIndex);
		if (asked.kind === 'failure') return toAnswered(itemIndex, asked);
		return toInvocation(asked, itemIndex, await findAccount(itemIndex), runRules);
	} catch {
		return toAnswered(itemIndex, describeSurprise({ environment: '', functionName: '' }, 0));
	}
}

function toAnswered(itemIndex: number, outcome: Answered['outcome']): Answered {
	return { kind: 'answered', itemIndexes: [itemIndex], outcome };
}

function toInvocation(
	{ target, rules, delaySeconds, event, json, files }: ItemRequest,
	itemIndex: number,
	account: Invocation['account'],
	{ batchSize, callback }: RunRules,
): Invocation {
	return {
		kind: 'invocation',
		account,
		target,
		rules,
		delaySeconds,
		callback,
		patience: createPatience(rules.waitForLimitsMs),
		inBatch: batchSize !== undefined,
		entries: [{ kind: 'entry', itemIndex, event, json, files }],
	};
}

/** Items for the same function of the same account, to be sent by the same rules, share a batch. */
function toBatchKey({ account, target, rules, delaySeconds }: Invocation): string {
	return JSON.stringify([account.id, target, rules, delaySeconds]);
}
