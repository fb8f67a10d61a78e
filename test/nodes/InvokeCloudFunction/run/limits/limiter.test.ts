import { createLimiter } from '../../../../../nodes/InvokeCloudFunction/run/limits/limiter';
import {
	allowAtOnce,
	allowPerStretch,
	allowPerWindow,
	simulate,
	type LimitedServer,
	type Simulated,
} from './simulation';

/** A server that calls its limit by the other name, as gateways do. */
function misname(server: LimitedServer): LimitedServer {
	return {
		admit(now, underWay) {
			const ending = server.admit(now, underWay);
			if (ending.kind === 'atOnce') return { kind: 'perTime' };
			return ending.kind === 'perTime' ? { ...ending, kind: 'atOnce' } : ending;
		},
	};
}

const SEEDS = [1, 2, 3];
const many: Pick<Simulated, 'concurrency' | 'durationMs'> = { concurrency: 50, durationMs: 200 };

/** Each with the time that the limit itself takes. */
const CASES: Array<[string, Omit<Simulated, 'server'>, () => LimitedServer, number]> = [
	['500 items, 20 at once', { ...many, items: 500 }, () => allowAtOnce(20), 5_000],
	['1,000 items, 3 at once', { ...many, items: 1_000 }, () => allowAtOnce(3), 66_700],
	[
		'200 items, 1 at once',
		{ items: 200, concurrency: 5, durationMs: 200 },
		() => allowAtOnce(1),
		40_000,
	],
	['300 items, 100 in 10 s', { ...many, items: 300 }, () => allowPerWindow(100, 10_000), 20_400],
	['the same in any 10 s', { ...many, items: 300 }, () => allowPerStretch(100, 10_000), 20_400],
	[
		'the same with Retry-After',
		{ ...many, items: 300 },
		() => allowPerWindow(100, 10_000, true),
		20_400,
	],
	[
		'600 items, 200 in a minute',
		{ ...many, items: 600 },
		() => allowPerWindow(200, 60_000),
		120_400,
	],
	[
		'1,000 short calls, 20 in a second',
		{ items: 1_000, concurrency: 50, durationMs: 50 },
		() => allowPerWindow(20, 1_000),
		49_100,
	],
	['20 at once, by the wrong name', { ...many, items: 500 }, () => misname(allowAtOnce(20)), 5_000],
];

describe.each(CASES)('%s', (_, step, makeServer, limitMs) => {
	test.each(SEEDS)(
		'all get through, few are refused, and it takes hardly longer (seed %i)',
		(seed) => {
			const { tookMs, refused, calls } = simulate({ ...step, server: makeServer(), seed });
			expect(calls - refused).toBe(step.items);
			expect(refused / calls).toBeLessThan(0.15);
			expect(tookMs).toBeLessThan(limitMs * 1.3);
		},
	);
});

test('100 in 10 s, called a limit at once: all get through', () => {
	const server = misname(allowPerWindow(100, 10_000));
	const { tookMs, calls, refused } = simulate({ ...many, items: 300, server });
	expect(calls - refused).toBe(300);
	expect(tookMs).toBeLessThan(20_400 * 1.5);
});

test('without a limit nothing waits and nothing is learned', () => {
	const limiter = createLimiter();
	for (let i = 0; i < 200; i++) {
		expect(limiter.waitMs(i)).toBe(0);
		limiter.end(limiter.start(i), i, { kind: 'passed' });
	}
	expect(limiter.learned()).toEqual({});
});

test('refusals of one moment cut what is allowed at once by half at most', () => {
	const limiter = createLimiter();
	const calls = Array.from({ length: 40 }, () => limiter.start(0));
	for (const call of calls.slice(4)) limiter.end(call, 10, { kind: 'atOnce' });
	expect(limiter.learned()).toEqual({ atOnce: 20 });
});

test('a refused token stops the calls for a while, and teaches nothing about them', () => {
	const limiter = createLimiter();
	limiter.end(limiter.start(0), 5, { kind: 'before' });
	expect(limiter.waitMs(5)).toBeGreaterThan(0);
	const probeAt = 5 + limiter.waitMs(5);
	const probe = limiter.start(probeAt);
	// Nobody else asks meanwhile.
	expect(limiter.waitMs(probeAt)).toBe(Infinity);
	limiter.end(probe, probeAt + 5, { kind: 'passed' });
	for (let i = 0; i < 50; i++) {
		expect(limiter.waitMs(probeAt + 5)).toBe(0);
		limiter.start(probeAt + 5);
	}
	expect(limiter.learned()).toEqual({});
});

test('a server that asks for no wait at all is not asked over and over', () => {
	const limiter = createLimiter();
	limiter.end(limiter.start(0), 5, { kind: 'perTime', retryAfterMs: 0 });
	const waitMs = limiter.waitMs(5);
	expect(waitMs).toBeGreaterThan(100);
	limiter.end(limiter.start(5 + waitMs), 5 + waitMs, { kind: 'perTime', retryAfterMs: 0 });
	expect(limiter.waitMs(5 + waitMs)).toBeGreaterThan(100);
});

test('Retry-After is kept to the letter, before any guess', () => {
	const limiter = createLimiter();
	limiter.end(limiter.start(0), 5, { kind: 'perTime', retryAfterMs: 40_000 });
	expect(limiter.waitMs(5)).toBe(40_000);
	expect(limiter.waitMs(40_005)).toBe(0);
});
