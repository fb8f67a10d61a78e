import { readRetryAfter } from '../../../wechat/answer/answer';
import { CODES } from '../../../wechat/codes/catalogue';
import { chooseDelayMs, mayTryAgain } from '../../../wechat/outcome/retry';

const busy = CODES[-1];
const limited = CODES[45011];

test.each([
	[1, 500],
	[2, 1000],
	[3, 2000],
	[9, 10_000],
])('before try %i + 1 it waits up to %i ms', (tries, most) => {
	expect(chooseDelayMs(busy, tries, undefined, 1)).toBe(most);
	expect(chooseDelayMs(busy, tries, undefined, 0)).toBe(0);
});

test('a rate limit is waited for longer: WeChat counts by the minute', () => {
	expect(chooseDelayMs(limited, 1, undefined, 1)).toBe(4000);
	expect(chooseDelayMs(limited, 9, undefined, 1)).toBe(60_000);
});

test('it never waits less than the server asked for', () => {
	expect(chooseDelayMs(busy, 1, 7000, 0.5)).toBe(7000);
	expect(chooseDelayMs(busy, 9, 7000, 1)).toBe(10_000);
});

test.each([
	['7', 7000],
	['0', 0],
	['Thu, 01 Jan 1970 00:00:09 GMT', 8000],
	['soon', undefined],
	['', undefined],
	[undefined, undefined],
])('Retry-After "%s" is %s ms', (header, ms) => {
	expect(readRetryAfter(header, 1000)).toBe(ms);
});

test('over the whole catalogue only answers that prove the function did not run are repeated', () => {
	const repeated = Object.entries(CODES).filter(([, meaning]) => mayTryAgain(meaning, false));
	expect(repeated.map(([code]) => Number(code)).sort((a, b) => b - a)).toEqual([
		89401, 45102, 45011, -1, -405015, -501003, -501004,
	]);
});

test('where it is safe to repeat, unknown outcomes are repeated too', () => {
	expect(mayTryAgain(CODES[-504003], false)).toBe(false);
	expect(mayTryAgain(CODES[-504003], true)).toBe(true);
	expect(mayTryAgain(CODES[-504002], true)).toBe(false);
});
