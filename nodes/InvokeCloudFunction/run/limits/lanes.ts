import { sleep } from 'n8n-workflow';
import { createLimiter, type Call, type Ending, type Learned } from './limiter';
import { SLICE_MS } from '../../../transport/wait';

/** Where the calls of one account to one environment line up, from all executions of this process. */
export interface Lane {
	/** Lets a call start if none waits and none has to. */
	tryToEnter(): Call | undefined;
	/**
	 * Lets a call start when limits allow it. Those who came first go first; who was refused lines up anew, so that
	 * an item that is always refused keeps none back.
	 * @returns why it can't start: the run is stopped, or it would have to wait for longer than it may
	 */
	enter(waiter: Waiter): Promise<Call | 'stopped' | Late>;
	/** Every call that was let through ends here. */
	leave(call: Call, ending: Ending): void;
	learned(): Learned;
	/** For the run that opened it: it needs the lane no more. */
	close(): void;
}

export interface Late {
	kind: 'late';
	/** How much longer the wait would be, as far as that is known. */
	waitMs?: number;
}

export interface Waiter {
	/** In ms, as performance.now() counts. */
	until: number;
	isStopped(): boolean;
}

interface SharedLane extends Omit<Lane, 'close'> {
	/** Whether there is something to remember: what was learned, or how long nobody is to call. */
	isWorthKeeping(): boolean;
}

interface Shared {
	lane: SharedLane;
	/** How many runs have it open. */
	users: number;
	closedAt: number;
}

/** What was learned of an environment serves the runs of the next minutes. */
const KEPT_MS = 5 * 60_000;
/** So that a process that serves many customers keeps its size. */
const MOST_KEPT = 1_000;

const shared = new Map<string, Shared>();

/** @param key of an account's environment; holds no secret */
export function openLane(key: string): Lane {
	forgetOld();
	const entry = shared.get(key) ?? { lane: createLane(), users: 0, closedAt: 0 };
	entry.users += 1;
	shared.set(key, entry);
	return {
		...entry.lane,
		close() {
			entry.users -= 1;
			entry.closedAt = performance.now();
			forgetOld();
		},
	};
}

/** The order of a Map is the one in which its keys came in, so the first ones go first. */
function forgetOld(): void {
	const now = performance.now();
	for (const [key, { lane, users, closedAt }] of shared) {
		if (users > 0) continue;
		const isOld = now - closedAt > KEPT_MS || shared.size > MOST_KEPT;
		if (isOld || !lane.isWorthKeeping()) shared.delete(key);
	}
}

type Waiting = Waiter & { answer: (answer: Call | 'stopped' | Late) => void };

function createLane(): SharedLane {
	const limiter = createLimiter();
	let line: Waiting[] = [];
	let isWatched = false;

	/** Lets those go that may, and those that have waited enough. */
	function serve(): void {
		const now = performance.now();
		const rest: Waiting[] = [];
		for (const waiting of line) {
			const waitMs = limiter.waitMs(now);
			const isPaused = waitMs < Infinity && now + waitMs > waiting.until;
			if (waiting.isStopped()) waiting.answer('stopped');
			else if (waitMs === 0) waiting.answer(limiter.start(now));
			else if (isPaused) waiting.answer({ kind: 'late', waitMs });
			else if (now >= waiting.until) waiting.answer({ kind: 'late' });
			else rest.push(waiting);
		}
		line = rest;
	}

	/** Time passes and runs are stopped without a word, so somebody has to look. */
	async function watch(): Promise<void> {
		if (isWatched) return;
		isWatched = true;
		while (line.length > 0) {
			await sleep(Math.min(limiter.waitMs(performance.now()) + 1, SLICE_MS));
			serve();
		}
		isWatched = false;
	}

	return {
		tryToEnter() {
			const now = performance.now();
			return line.length === 0 && limiter.waitMs(now) === 0 ? limiter.start(now) : undefined;
		},
		async enter(waiter) {
			return await new Promise((answer) => {
				line.push({ ...waiter, answer });
				serve();
				void watch();
			});
		},
		leave(call, ending) {
			limiter.end(call, performance.now(), ending);
			serve();
		},
		learned: limiter.learned,
		isWorthKeeping: () =>
			Object.keys(limiter.learned()).length > 0 || limiter.waitMs(performance.now()) > 0,
	};
}
