import { BYTES_PER_MB, type Cell, type Group } from '../plan/groups';
import type { Counts, Stub } from '../stub/stub';
import { nameWorkflow, type MeasuredN8n } from './measuredN8n';
import type { Figures, RunRequest } from './webhook';

export interface Measured {
	cell: Cell;
	/** The runs that came to an end. */
	runs: Run[];
	/** Why a run did not. */
	failure?: string;
}

export interface Run extends Figures, Counts {}

export interface MeasuredGroup {
	group: Group;
	cells: Measured[];
}

interface Bench {
	n8n: MeasuredN8n;
	stub: Stub;
	report(line: string): void;
	signal: AbortSignal;
}

const WARM_UP_ROWS = 200;
const WARM_UP_FILE_BYTES = 1000;

/** Runs the cells of a group in turn. */
export async function measureGroup(bench: Bench, group: Group): Promise<MeasuredGroup> {
	const cells: Measured[] = group.cells.map((cell) => ({ cell, runs: [] }));
	if (!group.inFreshProcess) await warmUp(bench, group, group.cells);
	for (let round = 1; round <= group.runs; round++) {
		// There and back: who comes first in a round is not always the same.
		const turn = round % 2 === 1 ? cells : [...cells].reverse();
		for (const measured of turn) {
			if (measured.failure !== undefined) continue;
			await measureCell(bench, group, measured);
			bench.report(`${group.name} ${round}/${group.runs}  ${describeLast(measured)}`);
		}
	}
	return { group, cells };
}

async function measureCell(bench: Bench, group: Group, measured: Measured): Promise<void> {
	const { n8n, stub, signal } = bench;
	const { cell } = measured;
	try {
		if (group.inFreshProcess) await startFresh(bench, group, cell);
		await stub.takeCounts();
		await stub.setLimit(cell.limit);
		const environment = cell.limit && `bench-${group.name}-${measured.runs.length}`;
		const wanted = { ...readRequest(cell), environment };
		const figures = await n8n.run(nameWorkflow(cell, group), wanted);
		const counts = await stub.takeCounts();
		await stub.setLimit(undefined);
		const live = cell.weigh ? await weigh(bench, group, cell) : {};
		measured.runs.push({ ...figures, ...counts, ...live });
	} catch (error) {
		signal.throwIfAborted();
		measured.failure = (error as Error).message;
		await n8n.restart();
	}
}

function readRequest({ rows, fileBytes }: Cell): RunRequest {
	return { rows, fileBytes };
}

/**
 * In a run of its own: weighing collects garbage all the time. And in an n8n of its own: what the run before has left
 * alive for a while would be weighed as if it had always been there.
 */
async function weigh(bench: Bench, group: Group, cell: Cell) {
	await startFresh(bench, group, cell);
	const wanted: RunRequest = { ...readRequest(cell), memory: true };
	const { itemsLiveBytes, peakLiveBytes, emptyLiveBytes } = await bench.n8n.run(
		nameWorkflow(cell, group),
		wanted,
	);
	return { itemsLiveBytes, peakLiveBytes, emptyLiveBytes };
}

async function startFresh(bench: Bench, group: Group, cell: Cell): Promise<void> {
	await bench.n8n.restart();
	await warmUp(bench, group, [cell]);
}

/** With few rows where each of them costs time, a small file where rows carry one, and no limit. */
async function warmUp({ n8n }: Bench, group: Group, cells: Cell[]): Promise<void> {
	const byWorkflow = new Map(cells.map((cell) => [nameWorkflow(cell, group), cell]));
	for (const [workflow, { rows, fileBytes, limit }] of byWorkflow) {
		await n8n.run(workflow, {
			rows: Math.min(rows, WARM_UP_ROWS),
			fileBytes: fileBytes && WARM_UP_FILE_BYTES,
			environment: limit && 'bench-warm-up',
		});
	}
}

function describeLast({ cell, runs, failure }: Measured): string {
	const size = cell.fileBytes === undefined ? '' : `, ${cell.fileBytes / BYTES_PER_MB} MB each`;
	const what = `${cell.by} ${cell.rows}${size}`;
	if (failure !== undefined) return `${what}: ${failure}`;
	const { timeMs, cpuMs, failed } = runs[runs.length - 1];
	return `${what}: ${timeMs.toFixed(timeMs < 100 ? 1 : 0)} ms (processor ${cpuMs.toFixed(0)} ms)${failed > 0 ? `, ${failed} failed` : ''}`;
}
