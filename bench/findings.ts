import type { ContestantName } from './contestants';
import type { MeasuredGroup } from './measure';
import { findCell, medianOf, median } from './ratios';

const readTime = ({ timeMs }: { timeMs: number }) => timeMs;

/** What HTTPS costs and from when on a batch pays, in sentences; those whose cells were measured. */
export function describeHttps(groups: MeasuredGroup[]): string[] {
	const perItem = (group: string, by: ContestantName): number => {
		const cell = findCell(groups, [group, by, 1000]);
		return cell === undefined ? NaN : medianOf(cell.runs, readTime) / 1000;
	};
	const [plain, secure] = [perItem('1k', 'node50'), perItem('https', 'node50')];
	const inBatches = perItem('https', 'nodeBatches');
	const sentences: string[] = [];
	if (plain > 0 && secure > 0) {
		sentences.push(
			`Here a call over HTTPS took ${secure.toFixed(2)} ms per item where the same call over plain HTTP took ${plain.toFixed(2)} ms: ` +
				`the difference, about ${((secure - plain) * 1000).toFixed(0)} ms for 1,000 items, is connections alone. ` +
				'That is with a server next door. Over the internet every new connection also waits for two round trips to WeChat before the request leaves.',
		);
	}
	if (inBatches > 0) {
		sentences.push(
			`In batches of 100 the same items took ${inBatches.toFixed(3)} ms each, ${(secure / inBatches).toFixed(0)} times less, with 10 connections instead of 1,000.`,
		);
	}
	const rows = findBreakEven(groups);
	if (rows !== undefined) {
		sentences.push(
			`With a function that answers at once, one batch was faster than single calls (concurrency 5) from ${rows} items on. ` +
				'A function that takes long for each row of a batch has to be counted in: WeChat ends the wait after 5 seconds.',
		);
	}
	return sentences;
}

/** The smallest number of items from which on one batch takes less time than single calls. */
export function findBreakEven(groups: MeasuredGroup[]): number | undefined {
	const few = groups.find(({ group }) => group.name === 'few');
	const sizes = [...new Set(few?.cells.map(({ cell }) => cell.rows))].sort((a, b) => b - a);
	let breakEven: number | undefined;
	for (const rows of sizes) {
		const [single, batch] = (['node5', 'nodeBatches'] as const).map((by) =>
			median(findCell(groups, ['few', by, rows])?.runs.map(readTime) ?? []),
		);
		if (!(batch < single)) break;
		breakEven = rows;
	}
	return breakEven;
}
