/**
 * Finds out how many calls a server lets through, from its refusals alone, by AIMD: what is allowed at once
 * grows by one for each round of calls that pass (additive increase) and is cut down to what is under way when
 * one is refused, by no more than half in one moment (multiplicative decrease). So do TCP (RFC 5681), Netflix's
 * concurrency-limits and, for calls per second, the adaptive retry mode of the AWS SDKs. Limits per time pause
 * the start of calls until one that is sent as a probe passes.
 * Has no clock and no timer: it is told the time, in ms of any clock that never goes back.
 */
export interface Limiter {
	/** 0 where a call may start now; else when to ask again. Infinity: once a call has ended. */
	waitMs(now: number): number;
	start(now: number): Call;
	end(call: Call, now: number, ending: Ending): void;
	learned(): Learned;
}

/** A call that has been let through. */
export interface Call {
	kind: 'call';
	startedAt: number;
	/** Beyond what the last window of time let through. */
	isBeyond: boolean;
}

/** `unclear`: it tells nothing about limits, as a connection that broke. */
export type Ending = { kind: 'passed' } | { kind: 'unclear' } | Refusal;

/**
 * `perTime` is what the server says; some say it of calls at once as well, which is found out. `before`: what a
 * call needs first, such as a token, was refused, which tells nothing about calls.
 */
export interface Refusal {
	kind: 'atOnce' | 'perTime' | 'before';
	/** What the server asked for, if it did. 0 is no time to wait, so it is guessed. */
	retryAfterMs?: number;
}

export interface Learned {
	/** How many calls are let through at once. */
	atOnce?: number;
	/** How many calls were let through in how long. */
	perTime?: { calls: number; windowMs: number };
}

/** Where a call was refused before, growth is so many times slower. */
const SLOWNESS = 10;
/** The first probe of a pause comes after this time, each next one when the pause is longer by this share. */
const FIRST_PROBE_MS = { atOnce: 250, perTime: 1_000, before: 1_000 };
const PROBE_SHARE = 0.2;

interface Pause {
	kind: Refusal['kind'];
	since: number;
	/** No call starts before. */
	until: number;
	/** How long has not been long enough. */
	tooShortMs: number;
	probe?: Call;
	/** Set where it has yet to show whether the limit is one per time: what was allowed at once before. */
	before?: { most: number; suspect: number };
	/** A call has ended since, so that a limit at once would let another one through. */
	hasRoom?: boolean;
}

/** What a window of time has seen so far. */
interface Window {
	since?: number;
	started: number;
	passed: number;
	/** Under way, and passed, beyond what the last window let through. */
	beyond: number;
	passedBeyond: number;
}

function openWindow(passed: number, since?: number): Window {
	return { since, started: passed, passed, beyond: 0, passedBeyond: 0 };
}

export function createLimiter(): Limiter {
	let underWay = 0;
	/** How many calls may be under way. */
	let most = Infinity;
	/** With so many under way a call was refused. */
	let suspect = Infinity;
	/** Refusals of calls that started before it are one. */
	let moment = { at: -Infinity, least: 1 };
	/** Whether refusals called `perTime` are that. */
	let isTimed: boolean | undefined;
	let pause: Pause | undefined;
	let lastTooShortMs = 0;
	/** How many calls the last window of time let through. Beyond it there are first one, then two more at once … */
	let quota = Infinity;
	let quotaMs = 0;
	let window = openWindow(0);

	function grow(): void {
		if (most === Infinity || underWay + 1 < Math.floor(most)) return;
		most += 1 / (most + 1 >= suspect ? SLOWNESS * most : most);
		if (most >= suspect + 1) suspect = Infinity;
	}

	function shrink(call: Call, now: number): void {
		if (call.startedAt > moment.at) {
			moment = { at: now, least: Math.max(Math.min(most, underWay + 1) / 2, 1) };
			suspect = Infinity;
		}
		suspect = Math.min(suspect, underWay + 1);
		most = Math.max(Math.min(most, underWay), moment.least);
	}

	function beginPause(now: number, kind: Refusal['kind'], retryAfterMs?: number): void {
		const least = kind === 'perTime' ? lastTooShortMs * (1 - PROBE_SHARE) : 0;
		const guessMs = Math.max(FIRST_PROBE_MS[kind], least);
		pause = { kind, since: now, until: now + (retryAfterMs || guessMs), tooShortMs: 0 };
		const isOpen = kind === 'perTime' && isTimed === undefined && retryAfterMs === undefined;
		if (isOpen) pause.before = { most, suspect };
	}

	/** What a probe shows: refused although there was room, or with nothing else under way, the limit is per time. */
	function conclude(paused: Pause, ending: Ending): void {
		if (ending.kind === 'before') return;
		const isAtOnce = ending.kind === 'passed' && paused.hasRoom === true;
		if (ending.kind === 'perTime' && (paused.before !== undefined || underWay === 0))
			isTimed = true;
		if (isTimed && ending.kind === 'perTime') paused.kind = 'perTime';
		if (paused.before === undefined) return;
		if (isAtOnce) {
			isTimed = false;
			paused.kind = 'atOnce';
		} else ({ most, suspect } = paused.before);
		paused.before = undefined;
	}

	function lengthenPause(paused: Pause, now: number, retryAfterMs?: number): void {
		const soFar = now - paused.since;
		const guessMs = Math.max(FIRST_PROBE_MS[paused.kind], soFar * PROBE_SHARE);
		paused.tooShortMs = soFar;
		paused.until = now + (retryAfterMs || guessMs);
	}

	function endPause({ kind, since, tooShortMs }: Pause, now: number): void {
		if (kind === 'perTime') {
			lastTooShortMs = tooShortMs;
			quota = Math.max(window.passed, 1);
			quotaMs = now - (window.since ?? since);
		}
		pause = undefined;
		window = openWindow(1, now);
	}

	function endProbe(paused: Pause, now: number, ending: Ending): void {
		paused.probe = undefined;
		if (ending.kind === 'unclear') return;
		conclude(paused, ending);
		if (ending.kind === 'passed') endPause(paused, now);
		else lengthenPause(paused, now, ending.retryAfterMs);
	}

	function pass(call: Call, now: number): void {
		window.passed += 1;
		if (call.isBeyond) window.passedBeyond += 1;
		if (pause?.before === undefined || pause.hasRoom) return;
		pause.hasRoom = true;
		pause.until = now;
	}

	function refuse(call: Call, now: number, { kind: said, retryAfterMs }: Refusal): void {
		const kind = isTimed === false && said === 'perTime' ? 'atOnce' : said;
		// Where nothing is under way, nothing of ours that ends makes room.
		const mustPause = kind !== 'atOnce' || underWay === 0 || retryAfterMs !== undefined;
		if (pause === undefined && mustPause) beginPause(now, kind, retryAfterMs);
		else if (pause !== undefined) pause.until = Math.max(pause.until, now + (retryAfterMs ?? 0));
		if (kind === 'before') return;
		if (kind === 'atOnce' || pause?.before !== undefined) shrink(call, now);
	}

	return {
		waitMs(now) {
			if (pause !== undefined) return pause.probe ? Infinity : Math.max(pause.until - now, 0);
			const isBeyond = window.started >= quota;
			if (isBeyond && window.beyond > window.passedBeyond) return Infinity;
			return underWay < Math.floor(most) ? 0 : Infinity;
		},
		start(now) {
			const call: Call = {
				kind: 'call',
				startedAt: now,
				isBeyond: pause === undefined && window.started >= quota,
			};
			underWay += 1;
			window.since ??= now;
			if (pause === undefined) window.started += 1;
			else pause.probe = call;
			if (call.isBeyond) window.beyond += 1;
			return call;
		},
		end(call, now, ending) {
			underWay -= 1;
			if (call.isBeyond) window.beyond -= 1;
			if (ending.kind === 'passed') grow();
			if (pause?.probe === call) endProbe(pause, now, ending);
			else if (ending.kind === 'passed') pass(call, now);
			else if (ending.kind !== 'unclear') refuse(call, now, ending);
		},
		learned: () => ({
			...(most !== Infinity && { atOnce: Math.floor(most) }),
			...(quota !== Infinity && { perTime: { calls: quota, windowMs: quotaMs } }),
		}),
	};
}
