import type { IExecuteFunctions } from 'n8n-workflow';
import type { Failure } from '../../wechat/failure';
import type { Success } from '../../wechat/outcome';
import { buildInvokeRequest, buildLaterRequest, type WeChatRequest } from '../../wechat/request';
import type { Target } from '../../wechat/target';
import type { Ledger } from './ledger';
import type { Rules } from './options';
import { readItem, type Wish } from './readItem';
import { warnOfUserInfo } from './requestData';

/** One call, for one item or for a batch of them. */
export interface Invocation {
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
export function* makeJobs(context: IExecuteFunctions, ledger: Ledger): Generator<Job> {
	const inBatches = context.getNodeParameter('invoke', 0, 'oncePerItem') === 'oncePerBatch';
	const size = inBatches ? readBatchSize(context) : 1;
	const open = new Map<string, Batch>();
	for (const itemIndex of context.getInputData().keys()) {
		const earlier = ledger.recall(itemIndex);
		if (earlier !== undefined) {
			if (earlier.itemIndexes[0] === itemIndex) {
				yield { itemIndexes: earlier.itemIndexes, task: earlier.outcome };
			}
			continue;
		}
		const wish = readItem(context, itemIndex);
		if (!('rules' in wish)) {
			yield { itemIndexes: [itemIndex], task: wish };
		} else if (!inBatches) {
			warnOfUserInfo(context, wish.event);
			yield { itemIndexes: [itemIndex], task: toInvocation(wish, wish.json) };
		} else {
			const batch = join(open, wish, itemIndex);
			if (batch.itemIndexes.length < size) continue;
			open.delete(batch.key);
			yield toJob(batch);
		}
	}
	for (const batch of open.values()) yield toJob(batch);
}

interface Batch {
	key: string;
	/** Its rules count for all. */
	first: Wish;
	itemIndexes: number[];
	/** As JSON texts. */
	entries: string[];
}

/** Items for the same function share a batch. */
function join(open: Map<string, Batch>, wish: Wish, itemIndex: number): Batch {
	const { target, delaySeconds, json } = wish;
	const key = JSON.stringify([target.environment, target.functionName, delaySeconds]);
	const batch = open.get(key) ?? { key, first: wish, itemIndexes: [], entries: [] };
	batch.itemIndexes.push(itemIndex);
	batch.entries.push(json);
	open.set(key, batch);
	return batch;
}

function toJob({ first, itemIndexes, entries }: Batch): Job {
	return { itemIndexes, task: toInvocation(first, `{"items":[${entries.join(',')}]}`) };
}

function toInvocation(wish: Wish, json: string): Invocation {
	const { target, rules, delaySeconds } = wish;
	const request =
		delaySeconds === undefined
			? buildInvokeRequest(target, json)
			: buildLaterRequest(target, json, delaySeconds);
	return { target, request, rules, delaySeconds };
}

function readBatchSize(context: IExecuteFunctions): number {
	const given = Number(context.getNodeParameter('batchSize', 0, DEFAULT_BATCH_SIZE));
	return Math.max(Math.trunc(given) || DEFAULT_BATCH_SIZE, 1);
}
