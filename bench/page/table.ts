import { findContestant } from '../plan/contestants';
import { BYTES_PER_MB, type Cell, type Kind } from '../plan/groups';
import type { Measured, MeasuredGroup, Run } from '../run/measure';
import { compareWithGoals } from './goals';
import {
	addedMemory,
	limitRatio,
	medianOf,
	memoryRatio,
	readProcessorTime,
	readTime,
	refusedShare,
} from './ratios';

/** One column of a group's table. */
interface Column {
	heading: string;
	/** Tells of the cell itself, not of its runs, of which there may be none. */
	isPlan?: boolean;
	show(cell: Measured, group: MeasuredGroup): string;
}

const column = (
	heading: string,
	read: (run: Run) => number,
	show: (value: number) => string = count,
): Column => ({ heading, show: ({ runs }) => show(medianOf(runs, read)) });
const megabytes = (heading: string, read: (run: Run) => number): Column =>
	column(heading, (run) => read(run) / BYTES_PER_MB);

const ITEMS: Column = { heading: 'items', isPlan: true, show: ({ cell }) => count(cell.rows) };
const MILLISECONDS = column('ms', readTime, milliseconds);
const RANGE: Column = { heading: 'fastest to slowest', show: ({ runs }) => showRange(runs) };
const PROCESSOR = column("n8n's processor time, ms", readProcessorTime);
const CALLS = column('calls', ({ invocations }) => invocations);

const COLUMNS: Readonly<Record<Kind, Column[]>> = {
	time: [
		ITEMS,
		MILLISECONDS,
		RANGE,
		PROCESSOR,
		CALLS,
		column('most at once', ({ mostUnderway }) => mostUnderway),
		column('connections', ({ connections }) => connections),
		column('token requests', ({ tokenRequests }) => tokenRequests),
		column('credential reads', ({ credentialReads }) => credentialReads),
		column('failed items', ({ failed }) => failed),
	],
	limits: [
		ITEMS,
		column('got through', ({ items, failed }) => items - failed),
		CALLS,
		column('refused', refusedShare, (share) => `${(share * 100).toFixed(1)} %`),
		MILLISECONDS,
		RANGE,
		{
			heading: 'in units of what the limit leaves',
			show: (cell, group) => times(limitRatio(group, cell)),
		},
	],
	files: [
		{
			heading: 'MB',
			isPlan: true,
			show: ({ cell }) => count((cell.fileBytes ?? 0) / BYTES_PER_MB),
		},
		MILLISECONDS,
		RANGE,
		PROCESSOR,
		megabytes('n8n before, MB', (run) => run.startRssBytes),
		megabytes('memory it costs at most, MB', addedMemory),
		megabytes('arrived, MB', ({ bucketBytes }) => bucketBytes),
		column('failed items', ({ failed }) => failed),
	],
	memory: [
		ITEMS,
		megabytes('n8n without items, MB', (run) => run.emptyRssBytes),
		megabytes('peak, MB', (run) => run.peakRssBytes),
		megabytes('input and output items, MB', (run) => run.itemsLiveBytes ?? NaN),
		megabytes('most alive at once, MB', (run) => (run.peakLiveBytes ?? NaN) - run.emptyLiveBytes),
		column('ratio', memoryRatio, times),
	],
};

export function writeGoals(groups: MeasuredGroup[]): string {
	const rows = compareWithGoals(groups).map((compared) => [
		compared.against,
		compared.toReach,
		compared.measured,
		compared.inProcessorTime,
		compared.isReached ? 'reached' : '**not reached**',
	]);
	return writeTable(['against', 'to reach', 'measured', "in n8n's processor time", ''], rows);
}

export function writeGroup(measured: MeasuredGroup): string {
	const { group, cells } = measured;
	const columns = COLUMNS[group.kind];
	const rows = cells.map((cell) => [
		nameCell(cell.cell),
		...columns.map(({ isPlan, show }) =>
			isPlan || cell.runs.length > 0 ? show(cell, measured) : 'no result',
		),
	]);
	const runs = group.runs === 1 ? 'one run' : `medians of ${group.runs} runs`;
	const table = writeTable(['', ...columns.map(({ heading }) => heading)], rows);
	const failures = cells.flatMap(describeFailure);
	return [`### ${group.title} (${runs})`, table, ...failures].join('\n\n');
}

/** What a table has no room for. */
function describeFailure({ cell, runs, failure }: Measured): string[] {
	const title = `${nameCell(cell)}, ${count(cell.rows)} items`;
	const failed = runs.find((run) => run.failed > 0);
	if (failure !== undefined) return [`${title}, came to no end: ${failure}`];
	if (failed === undefined) return [];
	return [`${title}, the first failed item: \`${failed.firstFailure}\``];
}

function nameCell({ by, line }: Cell): string {
	const { title } = findContestant(by);
	return line === 'farTls12' ? `${title}, TLS 1.2` : title;
}

function showRange(runs: Run[]): string {
	const durations = runs.map(readTime);
	return `${milliseconds(Math.min(...durations))} to ${milliseconds(Math.max(...durations))}`;
}

/** Whole ms, but tenths where those count. */
function milliseconds(value: number): string {
	return value < 100 ? value.toFixed(1) : count(value);
}

/** Nothing for what was not measured. */
function count(value: number): string {
	return Number.isNaN(value) ? '' : Math.round(value).toLocaleString('en');
}

function times(value: number): string {
	return Number.isNaN(value) ? '' : `${value.toFixed(2)}x`;
}

export function writeTable(headings: string[], rows: string[][]): string {
	const rule = headings.map((_, i) => (i === 0 ? '---' : '---:'));
	return [headings, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
