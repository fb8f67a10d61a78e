import { count, readFields, TRUE, type FieldRule } from './fields';
import { readFault, type Fault } from './faults';

/** What an environment takes. Absent: as much as comes. */
export interface Limits {
	/** So many functions run at once. */
	atOnce?: number;
	/** So many calls start within a window of so many milliseconds, which begins with its first call. */
	calls?: number;
	windowMs?: number;
	/** So large a call may be. */
	requestBytes?: number;
	/** A call takes at least so long, so that a few callers meet the limit. */
	callMs?: number;
	/** How a call is refused: -501004, -501003 and 45002 if left out. The function does not run. */
	tooMany?: Fault;
	tooOften?: Fault;
	tooLarge?: Fault;
	/** A call that comes too often is told in a header how long the window still lasts. */
	retryAfter?: boolean;
}

const FAULT: FieldRule = {
	accepts: (value) => typeof readFault(value, '') !== 'string',
	is: 'an instruction as for /sandbox/faults',
};

const RULES: Readonly<Record<keyof Limits, FieldRule>> = {
	atOnce: count('functions', 1),
	calls: count('calls', 1),
	windowMs: count('milliseconds', 1),
	requestBytes: count('bytes', 1),
	callMs: count('milliseconds'),
	tooMany: FAULT,
	tooOften: FAULT,
	tooLarge: FAULT,
	retryAfter: TRUE,
};

/** The limits, or the sentence that says what is wrong with them. */
export function readLimits(instruction: unknown): Limits | string {
	const limits = readFields<Limits>(instruction, 'limits', RULES);
	if (typeof limits === 'string') return limits;
	return (limits.calls === undefined) === (limits.windowMs === undefined)
		? limits
		: 'limits.calls and limits.windowMs belong together';
}

/** What a test does to the limits of environments without HTTP. */
export interface LimitControls {
	set(env: string, limits: Limits): void;
	/** Every environment has the limits of the table of accounts again. */
	reset(): void;
}

export type Limiter = ReturnType<typeof createLimiter>;

/** Counts what environments have to bear, and refuses what is above their limits. */
export function createLimiter(atStart: Readonly<Record<string, Limits>>, now: () => number) {
	let limitsOf = new Map(Object.entries(atStart));
	const running = new Map<string, number>();
	const windows = new Map<string, { endsAt: number; calls: number }>();

	/** The fault that a call above a limit meets. One that is not refused counts. */
	function refuse(env: string, bytes: number): Fault | undefined {
		const { atOnce, calls, windowMs, requestBytes, ...limits } = limitsOf.get(env) ?? {};
		if (requestBytes !== undefined && bytes > requestBytes) {
			return { runs: 0, ...(limits.tooLarge ?? { errcode: 45002 }) };
		}
		if (calls !== undefined && windowMs !== undefined) {
			const window = openWindow(env, windowMs);
			if (window.calls >= calls) {
				const retryAfterSeconds = Math.ceil((window.endsAt - now()) / 1000);
				const refusal = limits.tooOften ?? { errcode: -501003 };
				return { runs: 0, ...(limits.retryAfter && { retryAfterSeconds }), ...refusal };
			}
		}
		if (atOnce !== undefined && (running.get(env) ?? 0) >= atOnce) {
			return { runs: 0, ...(limits.tooMany ?? { errcode: -501004 }) };
		}
		const window = windows.get(env);
		if (window) window.calls += 1;
		return undefined;
	}

	function openWindow(env: string, windowMs: number) {
		const current = windows.get(env);
		if (current && now() < current.endsAt) return current;
		const window = { endsAt: now() + windowMs, calls: 0 };
		windows.set(env, window);
		return window;
	}

	/** Work that counts as running until it has ended. */
	async function hold<T>(env: string, work: () => Promise<T>): Promise<T> {
		running.set(env, (running.get(env) ?? 0) + 1);
		try {
			return await work();
		} finally {
			running.set(env, (running.get(env) ?? 0) - 1);
		}
	}

	function set(env: string, limits: Limits): void {
		const checked = readLimits(limits);
		if (typeof checked === 'string') throw new Error(checked);
		limitsOf.set(env, checked);
		windows.delete(env);
	}

	return {
		refuse,
		hold,
		findCallMs: (env: string) => limitsOf.get(env)?.callMs ?? 0,
		set,
		remove(env: string): void {
			limitsOf.delete(env);
			windows.delete(env);
		},
		reset(): void {
			limitsOf = new Map(Object.entries(atStart));
			windows.clear();
		},
		list: () => Object.fromEntries(limitsOf),
	};
}
