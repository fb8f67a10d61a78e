import { compareWithGoals } from '../../bench/page/goals';
import { describeDistance, describeHelper, findBreakEven } from '../../bench/page/findings';
import { median } from '../../bench/page/ratios';
import { writeReport } from '../../bench/page/report';
import { writeGroup } from '../../bench/page/table';
import { BYTES_PER_MB, type Cell, type Group } from '../../bench/plan/groups';
import type { Measured, MeasuredGroup, Run } from '../../bench/run/measure';

function makeGroup(name: string, cells: Measured[], others: Partial<Group> = {}): MeasuredGroup {
	const group: Group = {
		name,
		title: name,
		kind: 'time',
		line: 'http',
		delayMs: 0,
		runs: 3,
		cells: [],
		...others,
	};
	return { group, cells };
}

function makeCell(
	by: Cell['by'],
	rows: number,
	runs: Array<Partial<Run>>,
	more: Partial<Cell> = {},
): Measured {
	return { cell: { by, rows, ...more }, runs: runs as Run[] };
}

const timed = (by: Cell['by'], rows: number, times: number[]): Measured =>
	makeCell(
		by,
		rows,
		times.map((timeMs) => ({ timeMs, failed: 0 })),
	);

function compare(group: MeasuredGroup) {
	return compareWithGoals([group]).map(({ measured, isReached }) => [measured, isReached]);
}

test('a median is the middle, whatever the order, and nothing of nothing', () => {
	expect(median([9, 1, 5])).toBe(5);
	expect(median([4, 1, 10, 2])).toBe(3);
	expect(median([])).toBeNaN();
});

describe('the ratios to reach', () => {
	const others = [
		timed('httpRequestFast', 5000, [80, 90, 1000]),
		timed('httpRequest', 5000, [800, 900, 10_000]),
		timed('helper50', 5000, [20, 20, 20]),
	];

	test('compare medians with the fastest HTTP Request, and say which are reached', () => {
		const cells = [...others, timed('node50', 5000, [1, 30, 40]), timed('nodeBatches', 5000, [4])];
		expect(compare(makeGroup('5k', cells))).toEqual([
			['3.00x', true],
			['22.50x', false],
			['1.50x', false],
		]);
	});

	test('are shown in processor time as well, and are not judged by it', () => {
		const cell = (by: Cell['by'], timeMs: number, cpuMs: number) =>
			makeCell(by, 5000, [{ timeMs, cpuMs, failed: 0 }]);
		const cells = [cell('node50', 120, 100), cell('helper50', 100, 100)];
		const [ratio] = compareWithGoals([makeGroup('5k', cells)]);
		expect(ratio).toMatchObject({
			measured: '1.20x',
			inProcessorTime: '1.00x',
			isReached: false,
		});
	});

	test('leave out what was not measured, or came to no end', () => {
		const cells = [...others, timed('node50', 5000, [])];
		expect(compareWithGoals([makeGroup('5k', cells)])).toEqual([]);
	});

	test('compare dragged fields with All Fields, and in batches with Edit Fields', () => {
		const cells = [
			timed('node50', 2000, [100]),
			timed('nodeFields', 2000, [130]),
			timed('nodeFieldsBatches', 2000, [26]),
			timed('editFields', 2000, [100]),
		];
		expect(compare(makeGroup('fields', cells))).toEqual([
			['1.30x', true],
			['0.26x', false],
		]);
	});

	test('count memory above the empty process, in units of the items', () => {
		const run = { emptyLiveBytes: 100, peakLiveBytes: 190, itemsLiveBytes: 60 };
		expect(compare(makeGroup('memory', [makeCell('node50', 50_000, [run])]))).toEqual([
			['1.50x', true],
		]);
	});

	test('count of a file only the memory that is added while it is sent', () => {
		const run = { startRssBytes: 700 * BYTES_PER_MB, peakRssBytes: 801 * BYTES_PER_MB };
		const large = makeCell('nodeFiles', 1, [run], { fileBytes: 300 * BYTES_PER_MB });
		const small = makeCell('nodeFiles', 1, [run], { fileBytes: BYTES_PER_MB });
		expect(compare(makeGroup('files', [small, large]))).toEqual([['101 MB', false]]);
	});
});

describe('under a limit', () => {
	const measure = (cell: Partial<Cell>, run: Partial<Run>, delayMs: number, name = 'limit-20') =>
		makeGroup(
			name,
			[makeCell('nodeInEnvironment', cell.rows ?? 500, [{ failed: 0, ...run }], cell)],
			{
				kind: 'limits',
				delayMs,
			},
		);
	const atOnce = { rows: 500, limit: { atOnce: 20 } };

	test('the time is counted in what the limit leaves: 25 rounds of 200 ms', () => {
		const group = measure(atOnce, { timeMs: 6000, invocations: 600, refused: 100 }, 200);
		expect(compare(group)).toEqual([
			['1.20x', true],
			['16.7 %', false],
		]);
	});

	test('a window counts from its first call, so that three of them last twice its length', () => {
		const cell = { rows: 300, limit: { calls: 100, windowMs: 10_000 } };
		const group = measure(cell, { timeMs: 24_060, invocations: 310, refused: 10 }, 50, 'limit-10s');
		expect(compare(group)).toEqual([['1.20x', true]]);
	});

	test('no time is good if not all got through', () => {
		const run = { timeMs: 5000, items: 500, failed: 3, invocations: 500, refused: 3 };
		const group = measure(atOnce, run, 200);
		expect(compare(group)[0]).toEqual(['not all through', false]);
		expect(writeGroup(group)).toContain('| 500 | 497 | 500 | 0.6 % | 5,000 | 5,000 to 5,000 |  |');
	});
});

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

test('what n8n itself adds to raw axios is told', () => {
	const cells = [timed('helper50', 5000, [130]), timed('axios50', 5000, [100])];
	expect(describeHelper([makeGroup('5k', cells)])).toContain('took 1.30x the time of raw axios');
	expect(describeHelper([])).toBeUndefined();
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
