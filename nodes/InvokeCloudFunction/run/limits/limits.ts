import { CODES } from '../../../../wechat/codes/catalogue';
import {
	isFailed,
	isRefusedForLimit,
	toFailed,
	type Failed,
} from '../../../../wechat/answer/envelope';
import type { Account } from '../accounts';
import { openLane, type Lane, type Late } from './lanes';
import type { Call, Ending, Learned } from './limiter';
import { openRoom, type Room, type StepAside } from '../runBounded';
import type { Patience } from '../wait';

/** How one run of the node deals with limits of WeChat and of its environments. */
export interface Limits {
	lineUp(where: Where, who: Who): Place;
	/** Ends the run's part in them, and tells what refused its calls. */
	close(): Settled[];
}

/** What has limits of its own. */
export interface Where {
	account: Account;
	environment: string;
	part: 'functions' | 'storage';
}

/** Who waits there. */
export interface Who {
	patience: Patience;
	stepAside: StepAside;
}

/** A place in the line there. */
export interface Place {
	/**
	 * Does the work when its turn has come, and again when a limit has refused it: that proves that nothing was done,
	 * so it is no try. A failure also where it would have to wait for longer than it may.
	 */
	take<T extends { kind: string }>(
		work: () => Promise<T | Failed>,
	): Promise<T | Failed | 'stopped'>;
	/** Once it is needed no more. */
	close(): void;
}

/** What a run settled on where its calls were refused. */
export interface Settled extends Pick<Where, 'environment' | 'part'> {
	learned: Learned;
}

interface Line {
	where: Where;
	lane: Lane;
	/** Of this run no more than may be under way wait here: the time that an item may wait begins with its turn. */
	room: Room;
	lastRefusal?: Failed;
	/** The refusals were not those of a token. */
	hasLimit: boolean;
	lastPassedAt: number;
	/** Somebody has waited in vain for as long as that, so nobody who may wait no longer does. */
	gaveUp?: { failed: Failed; afterMs: number };
}

function isSame(one: Where, other: Where): boolean {
	const { account, environment, part } = one;
	return account === other.account && environment === other.environment && part === other.part;
}

export function openLimits(concurrency: number, isStopped: () => boolean): Limits {
	const lines = new Map<string, Line>();
	/** As a rule the next call is for the same. */
	let last: Line | undefined;
	const find = (where: Where): Line => {
		if (last === undefined || !isSame(last.where, where)) last = open(where);
		return last;
	};
	const open = (where: Where): Line => {
		const key = JSON.stringify([where.account.id, where.environment, where.part]);
		const line = lines.get(key) ?? {
			where,
			lane: openLane(key),
			room: openRoom(concurrency),
			hasLimit: false,
			lastPassedAt: -Infinity,
		};
		lines.set(key, line);
		return line;
	};
	return {
		lineUp: (where, who) =>
			who.patience.mostMs === 0 ? FREE : takePlace(find(where), who, isStopped),
		close() {
			for (const { lane } of lines.values()) lane.close();
			return [...lines.values()]
				.filter(({ hasLimit }) => hasLimit)
				.map(({ where: { environment, part }, lane }) => {
					return { environment, part, learned: lane.learned() };
				});
		},
	};
}

/** Where an item is not to wait for limits, a refusal counts as a try, as any other. */
const FREE: Place = {
	take: (work) => work(),
	close: () => {},
};

function takePlace(line: Line, { patience, stepAside }: Who, isStopped: () => boolean): Place {
	const { lane, room } = line;
	let turn: { at: number; leftMs: number } | undefined;

	async function wait(): Promise<Call | 'stopped' | Failed> {
		if (turn === undefined) {
			await room.enter();
			turn = { at: performance.now(), leftMs: patience.leftMs() };
		}
		if (line.gaveUp !== undefined && turn.leftMs <= line.gaveUp.afterMs) {
			return { ...line.gaveUp.failed, isRepeated: true };
		}
		const answer = await patience.spend(
			async () => await lane.enter({ until: performance.now() + patience.leftMs(), isStopped }),
		);
		if (answer === 'stopped' || answer.kind === 'call') return answer;
		const failed = describeWait(line, patience, answer);
		if (line.lastPassedAt < turn.at) line.gaveUp = { failed, afterMs: turn.leftMs };
		return failed;
	}

	function note(outcome: { kind: string }): Ending {
		const ending = readEnding(outcome);
		if (ending.kind === 'passed') {
			line.lastPassedAt = performance.now();
			line.gaveUp = undefined;
		}
		if (isRefusedForLimit(outcome)) {
			line.lastRefusal = outcome;
			line.hasLimit ||= ending.kind !== 'before';
		}
		return ending;
	}

	return {
		async take(work) {
			let refusal: Failed | undefined;
			for (;;) {
				const call =
					(turn === undefined ? lane.tryToEnter() : undefined) ?? (await stepAside(wait));
				if (call === 'stopped') return refusal ?? call;
				if (call.kind === 'failed') return call;
				let ending: Ending = { kind: 'unclear' };
				try {
					const outcome = await work();
					ending = note(outcome);
					if (!isRefusedForLimit(outcome)) return outcome;
					refusal = outcome;
				} finally {
					lane.leave(call, ending);
				}
			}
		},
		close() {
			if (turn !== undefined) room.leave();
		},
	};
}

/** Whether a place in line came to nothing but limits, for as long as the item may wait. */
export function hasWaitedInVain(outcome: { kind: string }, { mostMs }: Patience): boolean {
	return mostMs > 0 && isRefusedForLimit(outcome);
}

function readEnding(outcome: { kind: string }): Ending {
	if (outcome.kind === 'unsent') return { kind: 'unclear' };
	if (!isFailed(outcome) || outcome.meaning.ran === 'yes') return { kind: 'passed' };
	if (!isRefusedForLimit(outcome)) return { kind: 'unclear' };
	const { meaning, retryAfterMs, isOfToken } = outcome;
	return { kind: isOfToken ? 'before' : (meaning.limit ?? 'perTime'), retryAfterMs };
}

function describeWait({ lastRefusal, lane }: Line, patience: Patience, { waitMs }: Late): Failed {
	const refusal = lastRefusal ?? toFailed(CODES[-501004]);
	const waitedMs = patience.mostMs - patience.leftMs();
	const more = waitMs === undefined ? 'longer' : `another ${describeSeconds(waitMs)}`;
	const waited =
		waitedMs < A_MOMENT_MS
			? `it may not wait ${more}`
			: `waiting for ${describeSeconds(waitedMs)} did not help`;
	const what = `${refusal.meaning.what}, and ${waited}`;
	const advice = refusal.isOfToken ? undefined : advise(lane.learned());
	const raise = `raise the option Wait for Limits (${describeSeconds(patience.mostMs)} now) or the limit itself.`;
	const hint = advice === undefined ? `To get through, ${raise}` : `${advice} Or ${raise}`;
	return { ...refusal, meaning: { ...refusal.meaning, what, hint } };
}

const A_MOMENT_MS = 500;

/** What to set so that calls are not refused. */
export function advise({ perTime, atOnce }: Learned): string | undefined {
	if (perTime !== undefined) {
		const perSecond = (perTime.calls * 1000) / Math.max(perTime.windowMs, 1);
		const rounded = perSecond >= 1 ? Math.floor(perSecond) : Number(perSecond.toPrecision(1));
		return `Set Requests per Second to ${rounded}.`;
	}
	return atOnce === undefined ? undefined : `Set Concurrency to ${atOnce}.`;
}

function describeSeconds(ms: number): string {
	const seconds = Math.round(ms / 1000);
	return `${seconds} second${seconds === 1 ? '' : 's'}`;
}
