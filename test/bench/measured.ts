import { compareWithGoals } from '../../bench/page/goals';
import type { Cell, Group } from '../../bench/plan/groups';
import type { Measured, MeasuredGroup, Run } from '../../bench/run/measure';

export function makeGroup(
	name: string,
	cells: Measured[],
	others: Partial<Group> = {},
): MeasuredGroup {
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

export function makeCell(
	by: Cell['by'],
	rows: number,
	runs: Array<Partial<Run>>,
	more: Partial<Cell> = {},
): Measured {
	return { cell: { by, rows, ...more }, runs: runs as Run[] };
}

export const timed = (by: Cell['by'], rows: number, times: number[]): Measured =>
	makeCell(
		by,
		rows,
		times.map((timeMs) => ({ timeMs, failed: 0 })),
	);

/** What each goal came to, and whether it is reached. */
export function compare(group: MeasuredGroup) {
	return compareWithGoals([group]).map(({ measured, isReached }) => [measured, isReached]);
}
