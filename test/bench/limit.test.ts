import { computeLeastMs } from '../../bench/plan/groups';
import { createAdmission } from '../../bench/stub/limit';

test('above a limit of calls at once a call is refused, as long as they are under way', () => {
	const admit = createAdmission({ atOnce: 2 });
	expect(admit(1, 0)).toBeUndefined();
	expect(admit(2, 0)).toMatchObject({ errcode: -501004 });
	expect(admit(1, 1)).toBeUndefined();
});

test('a window begins with its first call, and lets as many through as are allowed', () => {
	const admit = createAdmission({ calls: 2, windowMs: 1000 });
	expect([500, 900, 1499].map((now) => admit(0, now))).toEqual([
		undefined,
		undefined,
		expect.objectContaining({ errcode: -501003 }),
	]);
	expect(admit(0, 1500)).toBeUndefined();
	expect(admit(0, 2400)).toBeUndefined();
	expect(admit(0, 2499)).toMatchObject({ errcode: -501003 });
});

test('the least time that a limit leaves', () => {
	const by = 'node50' as const;
	expect(computeLeastMs({ by, rows: 1000, limit: { atOnce: 3 } }, 50)).toBe(334 * 50);
	const perTime = { calls: 100, windowMs: 10_000 };
	expect(computeLeastMs({ by, rows: 300, limit: perTime }, 50)).toBe(20_050);
	expect(computeLeastMs({ by, rows: 301, limit: perTime }, 50)).toBe(30_050);
	expect(computeLeastMs({ by, rows: 5 }, 50)).toBeNaN();
});
