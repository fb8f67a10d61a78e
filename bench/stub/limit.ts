import type { Limit } from '../plan/groups';

/** What WeChat answers above a limit; the function does not run. */
const TOO_MANY_AT_ONCE = { errcode: -501004, errmsg: 'EXCEED_CONCURRENT_REQUEST_LIMIT' };
const TOO_MANY_IN_A_TIME = { errcode: -501003, errmsg: 'EXCEED_REQUEST_LIMIT' };

/** @returns why a call is refused that comes now; undefined lets it through, and counts it */
export type Admit = (underway: number, now: number) => object | undefined;

export function createAdmission(limit: Limit): Admit {
	if ('atOnce' in limit) {
		return (underway) => (underway < limit.atOnce ? undefined : TOO_MANY_AT_ONCE);
	}
	let endsAt = -Infinity;
	let calls = 0;
	return (_, now) => {
		if (now >= endsAt) {
			endsAt = now + limit.windowMs;
			calls = 0;
		}
		if (calls >= limit.calls) return TOO_MANY_IN_A_TIME;
		calls += 1;
		return undefined;
	};
}
