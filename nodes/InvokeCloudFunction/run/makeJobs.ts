import { buildInvokeRequest, buildLaterRequest } from '../../../wechat/invoke/request';
import type { Account, FindAccount } from './accounts';
import type { Invocation, Job } from './job';
import type { Ledger } from './ledger';
import type { NodeInput } from '../input/nodeInput';
import { readItem, type ItemRequest } from '../input/readItem';
import type { RunRules } from '../input/rules';

/** The calls to make, one after the other: what is not sent yet is not prepared either. */
export async function* makeJobs(
	input: NodeInput,
	rules: RunRules,
	ledger: Ledger,
	findAccount: FindAccount,
): AsyncGenerator<Job> {
	const open = new Map<string, Batch>();
	for (const itemIndex of input.items.keys()) {
		const earlier = ledger.recall(itemIndex);
		if (earlier !== undefined) {
			if (earlier.itemIndexes[0] === itemIndex) {
				yield { itemIndexes: earlier.itemIndexes, task: earlier.outcome };
			}
			continue;
		}
		const asked = readItem(input, rules, itemIndex);
		if (asked.kind === 'failure') {
			yield { itemIndexes: [itemIndex], task: asked };
			continue;
		}
		const account = await findAccount(itemIndex);
		if (rules.batchSize === undefined) {
			yield { itemIndexes: [itemIndex], task: toInvocation(account, asked, asked.json) };
		} else {
			const batch = join(open, account, asked, itemIndex);
			if (batch.itemIndexes.length < rules.batchSize) continue;
			open.delete(batch.key);
			yield toJob(batch);
		}
	}
	for (const batch of open.values()) yield toJob(batch);
}

interface Batch {
	key: string;
	account: Account;
	/** Its rules count for all. */
	first: ItemRequest;
	itemIndexes: number[];
	/** As JSON texts. */
	entries: string[];
}

/** Items for the same function of the same account share a batch. */
function join(
	open: Map<string, Batch>,
	account: Account,
	asked: ItemRequest,
	itemIndex: number,
): Batch {
	const { target, delaySeconds, json } = asked;
	const key = JSON.stringify([account.id, target.environment, target.functionName, delaySeconds]);
	const batch = open.get(key) ?? { key, account, first: asked, itemIndexes: [], entries: [] };
	batch.itemIndexes.push(itemIndex);
	batch.entries.push(json);
	open.set(key, batch);
	return batch;
}

function toJob({ account, first, itemIndexes, entries }: Batch): Job {
	const json = `{"items":[${entries.join(',')}]}`;
	return { itemIndexes, task: toInvocation(account, first, json) };
}

function toInvocation(account: Account, asked: ItemRequest, json: string): Invocation {
	const { target, rules, delaySeconds } = asked;
	const request =
		delaySeconds === undefined
			? buildInvokeRequest(target, json)
			: buildLaterRequest(target, json, delaySeconds);
	return { kind: 'invocation', account, target, request, rules, delaySeconds };
}
