import { describeDistance, describeHelper, findBreakEven } from '../../bench/page/findings';
import { writeReport } from '../../bench/page/report';
import { writeGroup } from '../../bench/page/table';
import type { Cell } from '../../bench/plan/groups';
import { makeCell, makeGroup, timed } from './measured';

describe('when a batch pays', () => {
	const few = (times: Array<[rows: number, single: number, batch: number]>) =>
		makeGroup(
			'few',
			times.flatMap(([rows, single, batch]) => [
				timed('node5', rows, [single]),
				timed('nodeBatches', rows, [batch]),
			]),
		);

	test('from the size on from which it is always faster', () => {
		const times: Array<[number, number, number]> = [
			[1, 9, 8],
			[2, 9, 10],
			[3, 12, 10],
			[5, 20, 10],
		];
		expect(findBreakEven([few(times)])).toBe(3);
	});

	test('not at all if the largest is slower', () => {
		expect(findBreakEven([few([[5, 9, 10]])])).toBeUndefined();
		expect(findBreakEven([])).toBeUndefined();
	});
});

test('the bounds are told between which a node lies that calls through n8n', () => {
	const helper = [timed('helper50', 5000, [130]), timed('axios50', 5000, [100])];
	const cells = [...helper, timed('httpRequestFast', 5000, [260])];
	const told = describeHelper([makeGroup('5k', cells)]);
	expect(told).toContain(
		'took 1.30x the time of raw axios, and was 2.00x faster than HTTP Request',
	);
	expect(describeHelper([makeGroup('5k', helper)])).toBeUndefined();
});

test('over a long distance a call is counted for itself, and which part is the connection', () => {
	const far = (by: Cell['by'], timeMs: number, more: Partial<Cell> = {}) =>
		makeCell(by, 10, [{ timeMs, invocations: 10 }], more);
	const cells = [
		far('node1', 9200),
		far('axiosKeepAlive1', 3700),
		far('node1', 12_200, { line: 'farTls12' }),
	];
	expect(describeDistance([makeGroup('far', cells)])).toContain(
		'a call took 920 ms over TLS 1.3 and 1220 ms over TLS 1.2',
	);
	expect(describeDistance([makeGroup('far', cells.slice(0, 2))])).toBeUndefined();
});

test('the page names what was planned and not measured', async () => {
	const measured = makeGroup('5k', [timed('node50', 5000, [10])]);
	const missing = makeGroup('memory', []).group;
	const kept = [{ date: '2026-11-28', surroundings: [], measured }];
	const page = await writeReport(kept, [measured.group, missing]);
	expect(page).toContain('Not measured here yet: memory (`memory`).');
	expect(await writeReport(kept, [measured.group])).not.toContain('Not measured');
});

test('a cell that came to no end is said to', () => {
	const cell = { ...makeCell('httpRequest', 50_000, []), failure: 'socket hang up' };
	const text = writeGroup(makeGroup('50k', [cell]));
	expect(text).toContain('| HTTP Request, token in a credential | 50,000 | no result |');
	expect(text).toContain('came to no end: socket hang up');
});
