import {
	createLimiter,
	type Ending,
} from '../../../../../nodes/InvokeCloudFunction/run/limits/limiter';

/** A server with a limit, as the simulation sees it: whether a call that arrives now is let through. */
export interface LimitedServer {
	admit(now: number, underWay: number): Ending;
}

/** Lets so many calls run at the same time. */
export function allowAtOnce(count: number): LimitedServer {
	return { admit: (_, underWay) => ({ kind: underWay < count ? 'passed' : 'atOnce' }) };
}

/** Lets so many calls start in each window of time; the windows follow one another, as a minute the other. */
export function allowPerWindow(count: number, windowMs: number, tellsWhen = false): LimitedServer {
	const started = new Map<number, number>();
	return {
		admit(now) {
			const window = Math.floor(now / windowMs);
			const before = started.get(window) ?? 0;
			if (before < count) {
				started.set(window, before + 1);
				return { kind: 'passed' };
			}
			const retryAfterMs = tellsWhen ? (window + 1) * windowMs - now : undefined;
			return { kind: 'perTime', retryAfterMs };
		},
	};
}

/** Lets so many calls start within any stretch of time of that length. */
export function allowPerStretch(count: number, stretchMs: number): LimitedServer {
	const starts: number[] = [];
	return {
		admit(now) {
			while (starts[0] <= now - stretchMs) starts.shift();
			if (starts.length >= count) return { kind: 'perTime' };
			starts.push(now);
			return { kind: 'passed' };
		},
	};
}

export interface Simulated {
	items: number;
	concurrency: number;
	server: LimitedServer;
	/** How long a call that is let through takes, about; a refusal takes a tenth of it. */
	durationMs: number;
	seed?: number;
}

export interface Figures {
	tookMs: number;
	refused: number;
	calls: number;
	/** The most calls a single item made. */
	mostCalls: number;
}

/** Plays a run of items against a server, event by event, on a clock of its own. */
export function simulate({ items, concurrency, server, durationMs, seed = 1 }: Simulated): Figures {
	const random = createRandom(seed);
	const limiter = createLimiter();
	const waiting = Array.from({ length: items }, (_, index) => index);
	const callsOf = new Map<number, number>();
	const events: Array<{ at: number; run: () => void }> = [];
	let now = 0;
	let underWay = 0;
	let running = 0;
	let refused = 0;
	let calls = 0;
	const plan = (delayMs: number, run: () => void) => events.push({ at: now + delayMs, run });

	function send(item: number): void {
		const call = limiter.start(now);
		calls += 1;
		callsOf.set(item, (callsOf.get(item) ?? 0) + 1);
		underWay += 1;
		const ending = server.admit(now, running);
		if (ending.kind === 'passed') running += 1;
		const takesMs =
			(ending.kind === 'passed' ? durationMs : durationMs / 10) * (0.8 + 0.4 * random());
		plan(takesMs, () => {
			underWay -= 1;
			limiter.end(call, now, ending);
			if (ending.kind === 'passed') running -= 1;
			else {
				refused += 1;
				waiting.push(item);
			}
		});
	}

	while (waiting.length > 0 || events.length > 0) {
		while (waiting.length > 0 && underWay < concurrency && limiter.waitMs(now) === 0) {
			send(waiting.shift() as number);
		}
		const nextMs = limiter.waitMs(now);
		if (waiting.length > 0 && nextMs > 0 && nextMs !== Infinity) plan(nextMs, () => {});
		events.sort((a, b) => a.at - b.at);
		const event = events.shift();
		if (event === undefined) throw new Error(`stuck at ${now} ms with ${waiting.length} items`);
		now = event.at;
		event.run();
	}
	return { tookMs: now, refused, calls, mostCalls: Math.max(...callsOf.values()) };
}

/** The same numbers in every run: a linear congruential generator. */
function createRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
		return state / 2 ** 32;
	};
}
