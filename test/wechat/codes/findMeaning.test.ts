import { CODES, findMeaning, findRefusedIp } from '../../../wechat/codes/catalogue';
import { FAMILIES } from '../../../wechat/codes/families';
import { TELLING_TEXTS } from '../../../wechat/codes/texts';

/** The codes of WeChat's own page for invokeCloudFunction. */
const PAGE_CODES = [-1, 40014, 40101, 41001, 42001, 43002, 44002, 85088];

test.each(PAGE_CODES)("%i of WeChat's page proves that the function did not run", (errcode) => {
	expect(findMeaning(errcode, '')).toBe(CODES[errcode]);
	expect(CODES[errcode].ran).toBe('no');
});

const MEANINGS = [
	...Object.entries(CODES),
	...FAMILIES.map(({ from, meaning }) => [`from ${from}`, meaning] as const),
	...TELLING_TEXTS.map(({ words, meaning }) => [words[0], meaning] as const),
];

test.each(MEANINGS)('%s reads as a sentence and says what to do', (_, meaning) => {
	expect(meaning.what).toMatch(/^[a-zA-Z].*[^.]$/);
	expect(meaning.hint).toMatch(/^[A-Z].*\.$/);
});

test.each(MEANINGS)('%s: what ran is never called by a retry of its own accord', (_, meaning) => {
	if (meaning.ran === 'no') expect(meaning.category).not.toBe('outcome-unknown');
	else expect(['function-error', 'outcome-unknown']).toContain(meaning.category);
	if (meaning.sharedBy !== undefined) expect(meaning.ran).toBe('no');
});

test.each([
	[-1000, 'maybe'],
	[-501001, 'maybe'],
	[-501002, 'maybe'],
	[-504001, 'maybe'],
	[-504003, 'maybe'],
	[-601001, 'maybe'],
	[-601003, 'maybe'],
	[-601008, 'maybe'],
	[-404006, 'maybe'],
	[-404012, 'maybe'],
	[-404011, 'yes'],
	[-504002, 'yes'],
	[-604001, 'yes'],
	[-606002, 'yes'],
	[45011, 'no'],
	[-501000, 'no'],
	[-501003, 'no'],
	[-501004, 'no'],
	[-501023, 'no'],
	[-601034, 'no'],
])('%i: the function ran: %s', (errcode, ran) => {
	expect(findMeaning(errcode, '').ran).toBe(ran);
});

test.each([
	[40000, 'configuration-invalid'],
	[40999, 'configuration-invalid'],
	[45999, 'configuration-invalid'],
	[49999, 'configuration-invalid'],
	[50999, 'configuration-invalid'],
	[61099, 'credential-invalid'],
	[61999, 'credential-invalid'],
	[65400, 'configuration-invalid'],
	[85999, 'configuration-invalid'],
	[86000, 'configuration-invalid'],
	[87009, 'configuration-invalid'],
	[89500, 'credential-invalid'],
	[-401999, 'configuration-invalid'],
	[-501018, 'configuration-invalid'],
	[-501999, 'configuration-invalid'],
	[-404099, 'outcome-unknown'],
	[-502001, 'function-error'],
	[-503001, 'function-error'],
	[-504999, 'outcome-unknown'],
	[-601099, 'outcome-unknown'],
	[-602001, 'function-error'],
	[-604103, 'function-error'],
])('%i is not listed and takes the meaning of its family: %s', (errcode, category) => {
	expect(CODES[errcode]).toBeUndefined();
	const meaning = findMeaning(errcode, '');
	expect(meaning.category).toBe(category);
	if (errcode > 0) expect(meaning.ran).toBe('no');
});

test.each(['system error', 'request timed out', 'FUNCTION_INVOCATION_FAILED'])(
	'the gate never ran a function, whatever it says: %s',
	(errmsg) => {
		for (const errcode of [40999, 54321, 61450, 85099]) {
			expect(findMeaning(errcode, errmsg)).toEqual(findMeaning(errcode, ''));
		}
		expect(findMeaning(-501000, errmsg).ran).not.toBe('no');
	},
);

test.each([12345, 39999, -2, -700000, 9_000_000])(
	'%i is an unknown error, and the function may have run',
	(errcode) => {
		expect(findMeaning(errcode, '')).toMatchObject({ category: 'unknown-error', ran: 'maybe' });
	},
);

test('a daily quota, a permission and a limit say how far they reach', () => {
	for (const code of [45009, 48001, 61007]) expect(CODES[code].sharedBy).toBe('api');
	for (const code of [40164, 61004, -601034]) expect(CODES[code].sharedBy).toBe('account');
	for (const code of [-501000, -501005, -501023]) expect(CODES[code].sharedBy).toBe('target');
	expect(CODES[-501004].limit).toBe('atOnce');
	for (const code of [45011, -501003, -405015]) expect(CODES[code].limit).toBe('perTime');
});

test.each([
	[
		'invalid ip 116.25.45.231 ipv6 ::ffff:116.25.45.231, not in whitelist rid: 1-2',
		'116.25.45.231',
	],
	['access clientip is not registered requestIP: 203.0.113.7 rid: 1-2', '203.0.113.7'],
	['access clientip is not registered, not in ip-white-list requestIP:1.2.3.4', '1.2.3.4'],
	['requestIP:2001:db8::17 rid: 6-7', '2001:db8::17'],
	['invalid ip 240e:3b:7:8:9:a:b:c, not in whitelist', '240e:3b:7:8:9:a:b:c'],
	['invalid ip ::ffff:203.0.113.7', '::ffff:203.0.113.7'],
	['invalid ip address 1.2.3.4', '1.2.3.4'],
	['invalid ip (1.2.3.4) is not allowed', '1.2.3.4'],
	['client ip="1.2.3.4"', '1.2.3.4'],
	['invalid ip [2001:db8::1]', '2001:db8::1'],
	['source address 1.2.3.4 is not registered', '1.2.3.4'],
	['此次调用需要管理员确认 203.0.113.7', '203.0.113.7'],
	['invalid ip, not in whitelist', undefined],
	['access clientip is not registered', undefined],
])('"%s" names %s', (errmsg, ip) => {
	expect(findRefusedIp(errmsg)).toBe(ip);
});
