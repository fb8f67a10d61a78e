import { compareWithGoals } from '../../bench/page/goals';
import { median } from '../../bench/page/ratios';
import { writeGroup } from '../../bench/page/table';
import { BYTES_PER_MB, type Cell } from '../../bench/plan/groups';
import type { Run } from '../../bench/run/measure';
import { compare, makeCell, makeGroup, timed } from './measured';

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

	test('are not reached by items that weigh less than nothing', () => {
		const run = { emptyLiveBytes: 100, peakLiveBytes: 126, itemsLiveBytes: -7 };
		const [[, isReached]] = compare(makeGroup('memory', [makeCell('node50', 50_000, [run])]));
		expect(isReached).toBe(false);
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
