import { BYTES_PER_MB } from '../plan/groups';
import type { MeasuredGroup } from '../run/measure';
import {
	addedMemory,
	findCell,
	limitRatio,
	median,
	medianOf,
	memoryRatio,
	refusedShare,
	ratioOf,
	readProcessorTime,
	readTime,
	type Place,
} from './ratios';

export interface Goal {
	against: string;
	/** "at least 2x faster" and so on. */
	toReach: string;
	limit: number;
	isAtLeast: boolean;
	show(value: number): string;
	/** What was measured; undefined where its cells were not. */
	measure: Measure;
	/** The same in n8n's processor time, which other programs shake less. */
	measureProcessor?: Measure;
}

type Measure = (groups: MeasuredGroup[]) => number | undefined;

interface Compared {
	against: string;
	toReach: string;
	measured: string;
	/** Empty where a time of the processor says nothing. */
	inProcessorTime: string;
	isReached: boolean;
}

const times = (value: number) => `${value.toFixed(2)}x`;
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;

function faster(against: string, limit: number, slow: Place, fast: Place): Goal {
	const toReach = `at least ${limit}x faster`;
	return { against, toReach, limit, isAtLeast: true, show: times, ...compare(slow, fast) };
}

function within(against: string, limit: number, own: Place, other: Place): Goal {
	const toReach = `at most ${limit}x its time`;
	return { against, toReach, limit, isAtLeast: false, show: times, ...compare(own, other) };
}

function compare(more: Place, less: Place): Pick<Goal, 'measure' | 'measureProcessor'> {
	return {
		measure: ratioOf(readTime, more, less),
		measureProcessor: ratioOf(readProcessorTime, more, less),
	};
}

/** All items through, and in little more time than the limit itself leaves. */
function withinLimit(name: string, rows: number, what: string): Goal {
	return {
		against: `${what}: all through, in units of the time that the limit itself leaves`,
		toReach: 'at most 1.3x',
		limit: 1.3,
		isAtLeast: false,
		show: (value) => (Number.isNaN(value) ? 'not all through' : times(value)),
		measure(groups) {
			const cell = findCell(groups, [name, 'nodeInEnvironment', rows]);
			const group = groups.find((measured) => measured.group.name === name);
			return group && cell && limitRatio(group, cell);
		},
	};
}

export const GOALS: Goal[] = [
	faster(
		'HTTP Request, its fastest way, 1,000 items (concurrency 50)',
		1.8,
		['1k', 'httpRequestFast', 1000],
		['1k', 'node50', 1000],
	),
	faster(
		'HTTP Request, its fastest way, 5,000 items (concurrency 50)',
		1.8,
		['5k', 'httpRequestFast', 5000],
		['5k', 'node50', 5000],
	),
	faster(
		'HTTP Request, its fastest way, the same 5,000 items in batches of 100',
		25,
		['5k', 'httpRequestFast', 5000],
		['5k', 'nodeBatches', 5000],
	),
	within(
		"bare loop over n8n's own request helper, concurrency 50, 5,000 items",
		1.1,
		['5k', 'node50', 5000],
		['5k', 'helper50', 5000],
	),
	within(
		'raw axios, a new connection each, concurrency 50, 5,000 items',
		1.25,
		['5k', 'node50', 5000],
		['5k', 'axios50', 5000],
	),
	within(
		'five dragged fields against All Fields, 2,000 items (concurrency 50)',
		1.3,
		['fields', 'nodeFields', 2000],
		['fields', 'node50', 2000],
	),
	within(
		"five dragged fields in batches of 100 against n8n's Edit Fields alone, 2,000 items",
		0.25,
		['fields', 'nodeFieldsBatches', 2000],
		['fields', 'editFields', 2000],
	),
	within(
		'50,000 items against 5,000 (concurrency 50)',
		11,
		['50k', 'node50', 50_000],
		['50k', 'node50', 5000],
	),
	within(
		'no limit in sight: against the same with Wait for Limits 0, 2,000 items',
		1.1,
		['no-limit', 'node50', 2000],
		['no-limit', 'nodeWithoutLimits', 2000],
	),
	withinLimit('limit-20', 500, '500 items, 50 at a time, 20 calls at once allowed'),
	{
		against: 'the same: share of the calls that were refused',
		toReach: 'under 15 %',
		limit: 0.15,
		isAtLeast: false,
		show: percent,
		measure(groups) {
			const cell = findCell(groups, ['limit-20', 'nodeInEnvironment', 500]);
			return cell && medianOf(cell.runs, refusedShare);
		},
	},
	withinLimit('limit-3', 1000, '1,000 items, 50 at a time, 3 calls at once allowed'),
	withinLimit('limit-10s', 300, '300 items, 50 at a time, 100 calls in 10 s allowed'),
	{
		against: 'memory that a file of 300 MB costs',
		toReach: 'under 100 MB',
		limit: 100,
		isAtLeast: false,
		show: (value) => `${value.toFixed(0)} MB`,
		measure(groups) {
			const added = groups
				.flatMap(({ cells }) => cells)
				.filter(({ cell }) => cell.by === 'nodeFiles' && cell.fileBytes === 300 * BYTES_PER_MB)
				.flatMap(({ runs }) => runs.map(addedMemory));
			return added.length > 0 ? median(added) / BYTES_PER_MB : undefined;
		},
	},
	{
		against: 'memory of 50,000 items, in units of what the input and output items take',
		toReach: 'at most 2x',
		limit: 2,
		isAtLeast: false,
		show: times,
		measure(groups) {
			const cell = findCell(groups, ['memory', 'node50', 50_000]);
			return cell && medianOf(cell.runs, memoryRatio);
		},
	},
];

/** Those whose cells were measured. */
export function compareWithGoals(groups: MeasuredGroup[], goals: Goal[] = GOALS): Compared[] {
	return goals.flatMap((goal) => {
		const { against, toReach, limit, isAtLeast, show } = goal;
		const measured = goal.measure(groups);
		if (measured === undefined) return [];
		const isReached = isAtLeast ? measured >= limit : measured <= limit;
		const processor = goal.measureProcessor?.(groups);
		const inProcessorTime = processor === undefined ? '' : show(processor);
		return [{ against, toReach, measured: show(measured), inProcessorTime, isReached }];
	});
}
