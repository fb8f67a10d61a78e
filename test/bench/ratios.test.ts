import type { Group } from '../../bench/cells';
import { findBreakEven } from '../../bench/findings';
import type { Measured, MeasuredGroup, Run } from '../../bench/measure';
import { compareWithGoals, median } from '../../bench/ratios';
import { writeGroup } from '../../bench/table';

function makeGroup(name: string, cells: Measured[], others: Partial<Group> = {}): MeasuredGroup {
	const group: Group = {
		name,
		title: name,
		protocol: 'http',
		delayMs: 0,
		runs: 3,
		cells: [],
		...others,
	};
	return { group, cells };
}

function makeCell(by: Measured['cell']['by'], rows: number, runs: Array<Partial<Run>>): Measured {
	return { cell: { by, rows }, runs: runs as Run[] };
}

const timed = (by: Measured['cell']['by'], rows: number, times: number[]): Measured =>
	makeCell(
		by,
		rows,
		times.map((timeMs) => ({ timeMs, failed: 0 })),
	);

test('a median is the middle, whatever the order, and nothing of nothing', () => {
	expect(median([9, 1, 5])).toBe(5);
	expect(median([4, 1, 10, 2])).toBe(3);
	expect(median([])).toBeNaN();
});

describe('the ratios to reach', () => {
	const others = [
		timed('httpRequest', 5000, [80, 90, 1000]),
		timed('helper50', 5000, [20, 20, 20]),
	];

	test('compare medians, and say which are reached', () => {
		const cells = [...others, timed('node50', 5000, [1, 30, 40]), timed('nodeBatches', 5000, [2])];
		const ratios = compareWithGoals([makeGroup('5k', cells)]);
		expect(ratios.map(({ measured, isReached }) => [measured, isReached])).toEqual([
			[3, true],
			[45, true],
			[1.5, false],
		]);
	});

	test('leave out what was not measured, or came to no end', () => {
		const cells = [...others, timed('node50', 5000, [])];
		expect(compareWithGoals([makeGroup('5k', cells)])).toEqual([]);
	});

	test('count memory above the empty process, in units of the items', () => {
		const run = { emptyLiveBytes: 100, peakLiveBytes: 190, itemsLiveBytes: 60 };
		const [ratio] = compareWithGoals([makeGroup('memory', [makeCell('node50', 50_000, [run])])]);
		expect(ratio).toMatchObject({ measured: 1.5, isReached: true });
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

test('a cell that came to no end is said to', () => {
	const cell = { ...makeCell('httpRequest', 50_000, []), failure: 'socket hang up' };
	const text = writeGroup(makeGroup('50k', [cell]));
	expect(text).toContain('| HTTP Request, as it is | 50,000 | no result |');
	expect(text).toContain('came to no end: socket hang up');
});
