import type { Cell } from './cells';
import { CONTESTANTS } from './contestants';
import type { Measured, MeasuredGroup, Run } from './measure';
import { compareWithGoals, medianOf, memoryRatio } from './ratios';

const BYTES_PER_MB = 1_000_000;

/** One column of a group's table, from the runs of a cell. */
interface Column {
	heading: string;
	show(runs: Run[]): string;
}

const middle = (heading: string, read: (run: Run) => number): Column => ({
	heading,
	show: (runs) => count(medianOf(runs, read)),
});
const megabytes = (heading: string, read: (run: Run) => number): Column => ({
	heading,
	show: (runs) => count(medianOf(runs, read) / BYTES_PER_MB),
});

const TIME_COLUMNS: Column[] = [
	{ heading: 'ms', show: (runs) => milliseconds(medianOf(runs, ({ timeMs }) => timeMs)) },
	{ heading: 'fastest to slowest', show: showRange },
	middle("n8n's processor time, ms", ({ cpuMs }) => cpuMs),
	middle('calls', ({ invocations }) => invocations),
	middle('most at once', ({ mostUnderway }) => mostUnderway),
	middle('connections', ({ connections }) => connections),
	middle('token requests', ({ tokenRequests }) => tokenRequests),
	middle('credential reads', ({ credentialReads }) => credentialReads),
	middle('failed items', ({ failed }) => failed),
];

const MEMORY_COLUMNS: Column[] = [
	megabytes('n8n without items, MB', (run) => run.emptyRssBytes),
	megabytes('peak, MB', (run) => run.peakRssBytes),
	megabytes('input and output items, MB', (run) => run.itemsLiveBytes ?? NaN),
	megabytes('most alive at once, MB', (run) => (run.peakLiveBytes ?? NaN) - run.emptyLiveBytes),
	{ heading: 'ratio', show: (runs) => `${medianOf(runs, memoryRatio).toFixed(2)}x` },
];

export function writeRatios(groups: MeasuredGroup[]): string {
	const rows = compareWithGoals(groups).map(({ against, toReach, measured, isReached }) => [
		against,
		toReach,
		`${measured.toFixed(2)}x`,
		isReached ? 'reached' : '**not reached**',
	]);
	return writeTable(['against', 'to reach', 'measured', ''], rows);
}

export function writeGroup({ group, cells }: MeasuredGroup): string {
	const columns = group.inFreshProcess ? MEMORY_COLUMNS : TIME_COLUMNS;
	const rows = cells.map((measured) => writeCell(measured, columns));
	const runs = group.runs === 1 ? 'one run' : `medians of ${group.runs} runs`;
	const table = writeTable(['', 'items', ...columns.map(({ heading }) => heading)], rows);
	const failures = cells.flatMap(describeFailure);
	return [`### ${group.title} (${runs})`, table, ...failures].join('\n\n');
}

function writeCell({ cell, runs }: Measured, columns: Column[]): string[] {
	return [
		...nameCell(cell),
		...columns.map(({ show }) => (runs.length > 0 ? show(runs) : 'no result').replace(/NaNx?/, '')),
	];
}

/** What a table has no room for. */
function describeFailure({ cell, runs, failure }: Measured): string[] {
	const [title, items] = nameCell(cell);
	const failed = runs.find((run) => run.failed > 0);
	if (failure !== undefined) return [`${title}, ${items} items, came to no end: ${failure}`];
	if (failed === undefined) return [];
	return [`${title}, ${items} items, the first failed item: \`${failed.firstFailure}\``];
}

function nameCell({ by, rows }: Cell): [title: string, items: string] {
	return [CONTESTANTS[by].title, count(rows)];
}

function showRange(runs: Run[]): string {
	const times = runs.map(({ timeMs }) => timeMs);
	return `${milliseconds(Math.min(...times))} to ${milliseconds(Math.max(...times))}`;
}

/** Whole ms, but tenths where those count. */
function milliseconds(value: number): string {
	return value < 100 ? value.toFixed(1) : count(value);
}

function count(value: number): string {
	return Math.round(value).toLocaleString('en');
}

export function writeTable(headings: string[], rows: string[][]): string {
	const rule = headings.map((_, i) => (i === 0 ? '---' : '---:'));
	return [headings, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
