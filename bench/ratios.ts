import type { ContestantName } from './contestants';
import type { Measured, MeasuredGroup, Run } from './measure';

/** The middle one, or the mean of the two in the middle. Of nothing: NaN. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const half = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

export function medianOf(runs: Run[], read: (run: Run) => number): number {
	return median(runs.map(read));
}

export interface Goal {
	against: string;
	/** "at least 2 x faster" and so on. */
	toReach: string;
	limit: number;
	isAtLeast: boolean;
	/** The ratio measured; undefined where its cells were not. */
	measure(groups: MeasuredGroup[]): number | undefined;
}

interface Ratio {
	against: string;
	toReach: string;
	measured: number;
	isReached: boolean;
}

export type Place = [group: string, by: ContestantName, rows: number];

/** How many times as long the first takes as the second. */
function timeRatio(slow: Place, fast: Place): Goal['measure'] {
	return (groups) => {
		const [a, b] = [slow, fast].map((place) => findCell(groups, place));
		if (a === undefined || b === undefined) return undefined;
		return medianOf(a.runs, readTime) / medianOf(b.runs, readTime);
	};
}

const readTime = ({ timeMs }: Run) => timeMs;

/** The most that was alive above the empty process, in units of what input and output items take. */
export function memoryRatio({ peakLiveBytes, emptyLiveBytes, itemsLiveBytes }: Run): number {
	return ((peakLiveBytes ?? NaN) - emptyLiveBytes) / (itemsLiveBytes ?? NaN);
}

/** Undefined where it was not measured. */
export function findCell(groups: MeasuredGroup[], [name, by, rows]: Place): Measured | undefined {
	const group = groups.find((measured) => measured.group.name === name);
	const cell = group?.cells.find(
		(measured) => measured.cell.by === by && measured.cell.rows === rows,
	);
	return cell !== undefined && cell.runs.length > 0 ? cell : undefined;
}

const faster = (times: number) => ({
	toReach: `at least ${times}x faster`,
	limit: times,
	isAtLeast: true,
});
const within = (times: number) => ({
	toReach: `at most ${times}x its time`,
	limit: times,
	isAtLeast: false,
});

export const GOALS: Goal[] = [
	{
		against: 'HTTP Request, 1,000 items (concurrency 50)',
		...faster(2),
		measure: timeRatio(['1k', 'httpRequest', 1000], ['1k', 'node50', 1000]),
	},
	{
		against: 'HTTP Request, 5,000 items (concurrency 50)',
		...faster(3),
		measure: timeRatio(['5k', 'httpRequest', 5000], ['5k', 'node50', 5000]),
	},
	{
		against: 'HTTP Request, the same 5,000 items in batches of 100',
		...faster(40),
		measure: timeRatio(['5k', 'httpRequest', 5000], ['5k', 'nodeBatches', 5000]),
	},
	{
		against: "bare loop over n8n's own request helper, concurrency 50, 5,000 items",
		...within(1.1),
		measure: timeRatio(['5k', 'node50', 5000], ['5k', 'helper50', 5000]),
	},
	{
		against: 'raw axios, a new connection each, concurrency 50, 5,000 items',
		...within(1.25),
		measure: timeRatio(['5k', 'node50', 5000], ['5k', 'axios50', 5000]),
	},
	{
		against: '50,000 items against 5,000 (concurrency 50)',
		...within(11),
		measure: timeRatio(['50k', 'node50', 50_000], ['50k', 'node50', 5000]),
	},
	{
		against: 'memory of 50,000 items, in units of what the input and output items take',
		toReach: 'at most 2x',
		limit: 2,
		isAtLeast: false,
		measure(groups) {
			const cell = findCell(groups, ['memory', 'node50', 50_000]);
			return cell && medianOf(cell.runs, memoryRatio);
		},
	},
];

/** The ratios whose cells were measured. */
export function compareWithGoals(groups: MeasuredGroup[], goals: Goal[] = GOALS): Ratio[] {
	return goals.flatMap(({ against, toReach, limit, isAtLeast, measure }) => {
		const measured = measure(groups);
		if (measured === undefined) return [];
		const isReached = isAtLeast ? measured >= limit : measured <= limit;
		return [{ against, toReach, measured, isReached }];
	});
}
