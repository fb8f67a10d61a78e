import type { IExecuteFunctions } from 'n8n-workflow';
import { readSettings } from '../../../credentials/settings';
import type { WeChatRequest } from '../../../wechat/invoke/request';
import type { ListAsker } from '../../../wechat/lists/listRequests';
import type { Answer } from '../../../wechat/answer/answer';
import { BUSY, type Meaning } from '../../../wechat/codes/kinds';
import { isFailed, toFailed, type Failed } from '../../../wechat/answer/envelope';
import { chooseDelayMs, LONGEST_WAIT_MS, mayTryAgain } from '../../../wechat/outcome/retry';
import { callWithToken } from '../../transport/callWithToken';
import { sendWithToken } from '../../transport/send';
import type { TokenKeeper } from '../../transport/tokenKeeper';
import type { Rules } from '../input/rules';
import { hasWaitedInVain, type Place, type Who } from '../run/limits/limits';
import { openRoom } from '../run/runBounded';
import { waitUnlessStopped } from '../../transport/wait';

const ASK_TIMEOUT_MS = 10_000;

/** The cloud storage of an environment, for one run of the node. */
export interface Storage {
	context: IExecuteFunctions;
	environment: string;
	keeper: TokenKeeper;
	isStopped(): boolean;
	/** Its limits are others than those of the functions. */
	lineUp(who: Who): Place;
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
 * Does it when its turn has come, and again where that helps: what concerns files runs no function.
 * @param work gets the number of the try, 1 for the first
 */
export async function tryRepeatedly<T extends { kind: string }>(
	storage: Storage,
	who: Who,
	rules: Rules,
	work: (tries: number) => Promise<T | Failed>,
): Promise<T | Failed> {
	const place = storage.lineUp(who);
	try {
		return await tryInPlace(storage, place, who, rules, work);
	} finally {
		place.close();
	}
}

async function tryInPlace<T extends { kind: string }>(
	{ isStopped }: Storage,
	place: Place,
	{ patience }: Who,
	{ maxTries }: Rules,
	work: (tries: number) => Promise<T | Failed>,
): Promise<T | Failed> {
	for (let tries = 1; ; tries++) {
		const outcome = await place.take(async () => await work(tries));
		if (outcome === 'stopped') return toFailed(STOPPED);
		if (!isFailed(outcome) || tries >= maxTries) return outcome;
		if (hasWaitedInVain(outcome, patience)) return outcome;
		if (!mayTryAgain(outcome.meaning, true)) return outcome;
		const delayMs = chooseDelayMs(outcome.meaning, tries, outcome.retryAfterMs);
		if (delayMs > LONGEST_WAIT_MS) return outcome;
		if (!(await waitUnlessStopped(delayMs, isStopped))) return outcome;
	}
}

const STOPPED: Meaning = {
	...BUSY,
	what: 'the execution was stopped',
	hint: 'Run the item again.',
};

export type TakeSlot = <T>(work: () => Promise<T>) => Promise<T>;

/** Starts work in its order, so much of it at a time. */
export function createSlots(count: number): TakeSlot {
	const room = openRoom(count);
	return async (work) => {
		await room.enter();
		try {
			return await work();
		} finally {
			room.leave();
		}
	};
}
