import type { ContestantName } from '../plan/contestants';
import { computeLeastMs } from '../plan/groups';
import type { Measured, MeasuredGroup, Run } from '../run/measure';

/** The middle one, or the mean of the two in the middle. Of nothing: NaN. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const half = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

export function medianOf(runs: Run[], read: (run: Run) => number): number {
	return median(runs.map(read));
}

export const readTime = ({ timeMs }: Pick<Run, 'timeMs'>): number => timeMs;
export const readProcessorTime = ({ cpuMs }: Pick<Run, 'cpuMs'>): number => cpuMs;

/** The most that was alive above the empty process, in units of what input and output items take. */
export function memoryRatio({ peakLiveBytes, emptyLiveBytes, itemsLiveBytes }: Run): number {
	const items = itemsLiveBytes ?? NaN;
	return items > 0 ? ((peakLiveBytes ?? NaN) - emptyLiveBytes) / items : NaN;
}

/** How much more was resident at most than when the node began. */
export function addedMemory({ startRssBytes, peakRssBytes }: Run): number {
	return peakRssBytes - startRssBytes;
}

/** The time as a multiple of the least that the limit leaves; NaN where not all got through. */
export function limitRatio(
	{ group: { delayMs } }: MeasuredGroup,
	{ cell, runs }: Measured,
): number {
	if (runs.some(({ failed }) => failed > 0)) return NaN;
	return medianOf(runs, readTime) / computeLeastMs(cell, delayMs);
}

/** How much of the calls was refused. */
export function refusedShare({
	refused,
	invocations,
}: Pick<Run, 'refused' | 'invocations'>): number {
	return refused / invocations;
}

export type Place = [group: string, by: ContestantName, rows: number];

/** Undefined where it was not measured. */
export function findCell(groups: MeasuredGroup[], [name, by, rows]: Place): Measured | undefined {
	const group = groups.find((measured) => measured.group.name === name);
	const cell = group?.cells.find(
		(measured) => measured.cell.by === by && measured.cell.rows === rows,
	);
	return cell !== undefined && cell.runs.length > 0 ? cell : undefined;
}

/** How many times as much the first takes as the second; undefined where one of them was not measured. */
export function ratioOf(read: (run: Run) => number, more: Place, less: Place) {
	return (groups: MeasuredGroup[]): number | undefined => {
		const [a, b] = [more, less].map((place) => findCell(groups, place));
		if (a === undefined || b === undefined) return undefined;
		return medianOf(a.runs, read) / medianOf(b.runs, read);
	};
}
