import type { Failure } from '../../../wechat/outcome/failure';
import type { Success } from '../../../wechat/outcome/outcome';
import {
	buildInvokeRequest,
	buildLaterRequest,
	type WeChatRequest,
} from '../../../wechat/invoke/request';
import type { Target } from '../../../wechat/invoke/target';
import type { Account, FindAccount } from './accounts';
import type { Ledger } from './ledger';
import type { NodeInput, ReadParameter } from '../input/nodeInput';
import type { Rules } from '../input/rules';
import { readItem, type Wish } from '../input/readItem';
import { warnOfUserInfo } from '../input/requestData';

/** One call, for one item or for a batch of them. */
export interface Invocation {
	account: Account;
	target: Target;
	request: WeChatRequest;
	rules: Rules;
	delaySeconds?: number;
}

export interface Job {
	/** In the order of the input. */
	itemIndexes: number[];
	/** What is to be sent; an outcome where nothing is. */
	task: Invocation | Success | Failure;
}

const DEFAULT_BATCH_SIZE = 50;

/** The calls to make, one after the other: what is not sent yet is not prepared either. */
export async function* makeJobs(
	input: NodeInput,
	ledger: Ledger,
	findAccount: FindAccount,
): AsyncGenerator<Job> {
	const inBatches = input.read('invoke', 0, 'oncePerItem') === 'oncePerBatch';
	const size = inBatches ? readBatchSize(input.read) : 1;
	const open = new Map<string, Batch>();
	for (const itemIndex of input.items.keys()) {
		const earlier = ledger.recall(itemIndex);
		if (earlier !== undefined) {
			if (earlier.itemIndexes[0] === itemIndex) {
				yield { itemIndexes: earlier.itemIndexes, task: earlier.outcome };
			}
			continue;
		}
		const wish = readItem(input, itemIndex);
		if (!('rules' in wish)) {
			yield { itemIndexes: [itemIndex], task: wish };
			continue;
		}
		const account = await findAccount(itemIndex);
		if (!inBatches) {
			warnOfUserInfo(input.context, wish.event);
			yield { itemIndexes: [itemIndex], task: toInvocation(account, wish, wish.json) };
		} else {
			const batch = join(open, account, wish, itemIndex);
			if (batch.itemIndexes.length < size) continue;
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
	first: Wish;
	itemIndexes: number[];
	/** As JSON texts. */
	entries: string[];
}

/** Items for the same function of the same account share a batch. */
function join(open: Map<string, Batch>, account: Account, wish: Wish, itemIndex: number): Batch {
	const { target, delaySeconds, json } = wish;
	const key = JSON.stringify([account.id, target.environment, target.functionName, delaySeconds]);
	const batch = open.get(key) ?? { key, account, first: wish, itemIndexes: [], entries: [] };
	batch.itemIndexes.push(itemIndex);
	batch.entries.push(json);
	open.set(key, batch);
	return batch;
}

function toJob({ account, first, itemIndexes, entries }: Batch): Job {
	const json = `{"items":[${entries.join(',')}]}`;
	return { itemIndexes, task: toInvocation(account, first, json) };
}

function toInvocation(account: Account, wish: Wish, json: string): Invocation {
	const { target, rules, delaySeconds } = wish;
	const request =
		delaySeconds === undefined
			? buildInvokeRequest(target, json)
			: buildLaterRequest(target, json, delaySeconds);
	return { account, target, request, rules, delaySeconds };
}

function readBatchSize(read: ReadParameter): number {
	const given = Number(read('batchSize', 0, DEFAULT_BATCH_SIZE));
	return Math.max(Math.trunc(given) || DEFAULT_BATCH_SIZE, 1);
}
