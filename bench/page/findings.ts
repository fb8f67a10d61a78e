import type { ContestantName } from '../plan/contestants';
import type { MeasuredGroup } from '../run/measure';
import { findCell, median, medianOf, ratioOf, readTime, type Place } from './ratios';

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
				'That is with a server next door.',
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

/** Between which bounds about any node lies that calls through n8n's helper; undefined where it was not measured. */
export function describeHelper(groups: MeasuredGroup[]): string | undefined {
	const place = (by: ContestantName): Place => ['5k', by, 5000];
	const overAxios = ratioOf(readTime, place('helper50'), place('axios50'))(groups);
	const underNode = ratioOf(readTime, place('httpRequestFast'), place('helper50'))(groups);
	if (overAxios === undefined || underNode === undefined) return undefined;
	return `The bare loop over n8n's request helper alone took ${overAxios.toFixed(2)}x the time of raw axios, and was ${underNode.toFixed(2)}x faster than HTTP Request in its fastest way: a node that makes one call for each item through n8n, as n8n's verification wants it, comes hardly nearer to the one and gets hardly farther from the other.`;
}

/** What a call costs over a long distance; undefined where it was not measured. */
export function describeDistance(groups: MeasuredGroup[]): string | undefined {
	const cells = groups.find(({ group }) => group.name === 'far')?.cells ?? [];
	const perCall = (by: ContestantName, line?: 'farTls12'): number => {
		const found = cells.find(({ cell }) => cell.by === by && cell.line === line);
		return median(found?.runs.map((run) => run.timeMs / run.invocations) ?? []);
	};
	const [tls13, tls12] = [perCall('node1'), perCall('node1', 'farTls12')];
	const kept = perCall('axiosKeepAlive1');
	if (!(tls13 > 0 && tls12 > 0 && kept > 0)) return undefined;
	const ms = (value: number) => value.toFixed(0);
	return (
		`Where a round trip takes 300 ms, a call took ${ms(tls13)} ms over TLS 1.3 and ${ms(tls12)} ms over TLS 1.2, ` +
		`of which 600 and 900 ms are the connection: two and three round trips before the request leaves. ` +
		`Over a connection that is kept, which n8n's request helper never does, it took ${ms(kept)} ms, ` +
		`the ten calls' one connection counted in.`
	);
}
