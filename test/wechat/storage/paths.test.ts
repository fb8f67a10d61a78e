import { findPathProblem, makeUniquePath } from '../../../wechat/storage/paths';

test.each(['a', 'n8n/照片 1.png', 'a/b/c.txt', 'a.b/..c', `${'照'.repeat(94)}.js`])(
	'%s is a path',
	(path) => {
		expect(findPathProblem(path)).toBeUndefined();
	},
);

test.each([
	['', 'is empty'],
	['/a.png', 'starts with "/"'],
	['a//b.png', 'holds "//"'],
	['a\nb.png', 'holds a character that is not printable'],
	['a\ud800.png', 'holds a character that is not printable'],
	['a/../b.png', 'holds "." or ".."'],
	['照'.repeat(95), 'has 855 bytes once it is encoded'],
])('%j is none, and the reason says why', (path, why) => {
	const problem = findPathProblem(path);
	expect(problem?.what).toContain(why);
	expect(problem?.hint).toContain('850 bytes');
});

describe('a path of its own', () => {
	const nameOf = (fileName: string) =>
		makeUniquePath('n8n/', fileName).split('/').slice(2).join('/');

	test('is another one each time, in the folder, with the name at its end', () => {
		const paths = Array.from({ length: 100 }, () => makeUniquePath('n8n/', '照片.png'));
		expect(new Set(paths).size).toBe(100);
		expect(paths[0]).toMatch(/^n8n\/[0-9a-f-]{36}\/照片\.png$/);
		expect(makeUniquePath('orders/7/', 'a.png')).toMatch(/^orders\/7\/[0-9a-f-]{36}\/a\.png$/);
	});

	test.each([
		['invoice 3.pdf', 'invoice_3.pdf'],
		['C:\\photos\\1.jpg', '1.jpg'],
		['../../etc/passwd', 'passwd'],
		['100%?#&".png', '100_____.png'],
		['..', 'file'],
		['', 'file'],
		['e\u0301té.txt', 'e\u0301té.txt'],
		['\ud83d.png', '_.png'],
		['a\u0000b\r\nc\u202e.png', 'a_b__c_.png'],
	])('keeps the name %j as %j', (given, kept) => {
		expect(nameOf(given)).toBe(kept);
	});

	test('is never too long, and keeps the extension', () => {
		for (const name of [
			`${'照'.repeat(500)}.jpeg`,
			`${'x'.repeat(5000)}`,
			`a.${'y'.repeat(900)}`,
			// Each of them takes two places in a text of JavaScript's.
			`${'𠮷'.repeat(500)}.png`,
			`a${'𠮷'.repeat(500)}.png`,
		]) {
			expect(findPathProblem(makeUniquePath('n8n/', name))).toBeUndefined();
		}
		expect(nameOf(`${'照'.repeat(500)}.jpeg`)).toMatch(/^照+\.jpeg$/);
	});
});
