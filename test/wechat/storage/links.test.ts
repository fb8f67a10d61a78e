import type { Failed } from '../../../wechat/answer/envelope';
import { findNamedFiles, parsePaths, readFileName } from '../../../wechat/storage/fileIds';
import { buildLinksRequest, readLinks, type Links } from '../../../wechat/storage/links';

const ID = 'cloud://shop-demo.7368-shop-demo-1250000000/reports/a.csv';
const OTHER = `${ID}2`;
const read = (body: unknown, ids = [ID]) =>
	readLinks({ kind: 'answer', status: 200, text: JSON.stringify(body) }, ids);
const readOne = (entry: object) =>
	(read({ errcode: 0, file_list: [entry] }) as Links).byFileId.get(ID);

test('links are asked for with the file IDs in the body, by batch development at its own address', () => {
	const request = buildLinksRequest('miniProgram', 'shop-demo', [ID, OTHER]);
	expect(request).toMatchObject({ method: 'POST', path: '/tcb/batchdownloadfile' });
	expect(JSON.parse(request.body ?? '')).toEqual({
		env: 'shop-demo',
		file_list: [
			{ fileid: ID, max_age: 7200 },
			{ fileid: OTHER, max_age: 7200 },
		],
	});
	expect(buildLinksRequest('component', 'e', [ID]).path).toBe('/componenttcb/batchdownloadfile');
});

test.each(['fileid', 'file_id'])(
	'a link is found by its %s, in whatever order they come',
	(name) => {
		const entry = (id: string, url: string) => ({ [name]: id, download_url: url, status: 0 });
		const list = [entry(OTHER, 'https://x/2'), entry(ID, 'https://x/1')];
		const { byFileId } = read({ errcode: 0, errmsg: 'ok', file_list: list }, [ID, OTHER]) as Links;
		expect([...byFileId]).toEqual([
			[ID, { kind: 'link', url: 'https://x/1' }],
			[OTHER, { kind: 'link', url: 'https://x/2' }],
		]);
	},
);

test.each([
	['https://x/照片 1.png?sign=a', 'https://x/%E7%85%A7%E7%89%87%201.png?sign=a'],
	['https://x/%E7%85%A7%201.png?sign=a%2Bb', 'https://x/%E7%85%A7%201.png?sign=a%2Bb'],
	['https://x/100%.pdf?sign=a', 'https://x/100%25.pdf?sign=a'],
	['https://x/a#1.pdf?sign=a', 'https://x/a%231.pdf?sign=a'],
])('the link %s is fetched as %s', (download_url, url) => {
	expect(readOne({ fileid: ID, download_url, status: 0 })).toEqual({ kind: 'link', url });
});

test.each([
	['status 1', { status: 1, errmsg: 'STORAGE_FILE_NONEXIST', download_url: '' }, /NONEXIST/],
	['another status', { status: -7, download_url: 'https://x/1' }, /status -7/],
	['no link', { status: 0, download_url: '' }, /status 0/],
])('a file with %s is missing, though errcode is 0', (_, entry, words) => {
	const link = readOne({ fileid: ID, ...entry }) as Failed;
	expect(link.meaning).toMatchObject({ what: 'it is not in cloud storage', retryable: false });
	expect(link.errmsg).toMatch(words);
});

test('a file that the answer leaves out is not taken for a missing one', () => {
	const left = (read({ errcode: 0, file_list: [] }) as Links).byFileId.get(ID) as Failed;
	expect(left.meaning.what).toBe("WeChat's answer leaves it out");
});

test('links that are refused, or an answer that is none, are a failure without a function', () => {
	expect(read({ errcode: 48001, errmsg: 'api unauthorized' })).toMatchObject({
		kind: 'failed',
		errcode: 48001,
		meaning: { ran: 'no' },
	});
	const stranger = readLinks({ kind: 'answer', status: 200, text: '<html>' }, [ID]);
	expect(stranger).toMatchObject({ kind: 'failed', meaning: { ran: 'no' } });
});

describe('the files that a result names', () => {
	const names = (result: unknown, list: string) =>
		findNamedFiles(result, parsePaths(list)).map(({ name, fileId }) => [name, fileId]);

	test('go by the last part of their path', () => {
		expect(names({ report: { pdf: ID }, csv: OTHER }, 'report.pdf, csv')).toEqual([
			['pdf', ID],
			['csv', OTHER],
		]);
	});

	test('of a list go by their number', () => {
		expect(names({ photos: [ID, 'none', OTHER] }, 'photos')).toEqual([
			['photos_0', ID],
			['photos_2', OTHER],
		]);
		expect(names([{ pdf: ID }], '0.pdf')).toEqual([['pdf', ID]]);
	});

	test('do not take the name of another', () => {
		expect(names({ a: { pdf: ID }, b: { pdf: OTHER } }, 'a.pdf,b.pdf')).toEqual([
			['pdf', ID],
			['b_pdf', OTHER],
		]);
	});

	test.each([undefined, null, '', 7, 'https://x/a.csv', 'cloud://shop-demo', {}, []])(
		'are none where the field holds %j',
		(value) => {
			expect(names({ report: value }, 'report')).toEqual([]);
			expect(names(value, 'report')).toEqual([]);
		},
	);

	test('are not found in what every object has', () => {
		expect(names({}, 'constructor.name,__proto__.x')).toEqual([]);
	});

	test('keep the name they have in storage', () => {
		expect(readFileName(ID)).toBe('a.csv');
	});
});
