import type { IExecuteFunctions } from 'n8n-workflow';
import { readSettings } from '../../../credentials/settings';
import type { WeChatRequest } from '../../../wechat/invoke/request';
import type { ListAsker } from '../../../wechat/lists/listRequests';
import type { Answer } from '../../../wechat/answer/answer';
import type { Failed } from '../../../wechat/answer/envelope';
import { chooseDelayMs, LONGEST_WAIT_MS, mayTryAgain } from '../../../wechat/outcome/retry';
import { callWithToken } from '../../transport/callWithToken';
import { sendWithToken } from '../../transport/send';
import type { TokenKeeper } from '../../transport/tokenKeeper';
import type { Rules } from '../input/rules';
import { waitUnlessStopped } from '../run/wait';

const ASK_TIMEOUT_MS = 10_000;

/** The cloud storage of an environment, for one run of the node. */
export interface Storage {
	context: IExecuteFunctions;
	environment: string;
	keeper: TokenKeeper;
	isStopped(): boolean;
	/** Holds the transfers of the run to as many at a time as calls may be. */
	takeSlot: TakeSlot;
}

/** Asks WeChat about files, at the address that belongs to the kind of token. */
export async function askStorage<T extends { kind: string }>(
	{ context, keeper }: Storage,
	build: (asker: ListAsker) => WeChatRequest,
	read: (answer: Answer) => T | Failed,
): Promise<T | Failed> {
	return await callWithToken(keeper, async (access) => {
		const { mode } = readSettings(access.stored);
		const request = build(mode === 'componentAccessToken' ? 'component' : 'miniProgram');
		return read(await sendWithToken(context, access, request, ASK_TIMEOUT_MS));
	});
}

/**
 * Does it again where that helps: what concerns files runs no function.
 * @param work gets the number of the try, 1 for the first
 */
export async function tryRepeatedly<T extends { kind: string }>(
	{ isStopped }: Storage,
	{ maxTries }: Rules,
	work: (tries: number) => Promise<T | Failed>,
): Promise<T | Failed> {
	for (let tries = 1; ; tries++) {
		const outcome = await work(tries);
		if (!isFailed(outcome) || tries >= maxTries) return outcome;
		if (!mayTryAgain(outcome.meaning, true)) return outcome;
		const delayMs = chooseDelayMs(outcome.meaning, tries, outcome.retryAfterMs);
		if (delayMs > LONGEST_WAIT_MS) return outcome;
		if (!(await waitUnlessStopped(delayMs, isStopped))) return outcome;
	}
}

export function isFailed(outcome: { kind: string }): outcome is Failed {
	return outcome.kind === 'failed';
}

export type TakeSlot = <T>(work: () => Promise<T>) => Promise<T>;

/** Starts work in its order, so much of it at a time. */
export function createSlots(count: number): TakeSlot {
	let free = count;
	const waiting: Array<() => void> = [];
	return async (work) => {
		if (free > 0) free -= 1;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next === undefined) free += 1;
			else next();
		}
	};
}
