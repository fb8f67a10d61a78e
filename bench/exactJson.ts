// What keeping every digit costs next to plain JSON.parse: node scripts/run.mjs bench/exactJson.ts
/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals -- a program for the terminal */
import { parseExactJson, parseJson } from '../wechat/answer/exactJson';

const ROUNDS = 31;
const ROUND_CHARACTERS = 2_000_000;
const KILOBYTE = 1000;
const LARGE = 9007199254740993n;

/** One order as a shop's function returns it; `id` is what stands in the JSON text. */
const order = (id: string, n: number) =>
	`{"id":${id},"code":"A-${n}","buyer":"oXq3f5b7c9d1e2f4a6b8c0","paid":${n % 2 === 0},` +
	`"total":${n * 1.25},"at":1732492800000,"note":"两杯 \\"冰\\" 咖啡","tags":["new",null]}`;

const small = (n: number) => String(n);
const large = (n: number) => String(LARGE + BigInt(2 * n));
const digitsInText = (n: number) => `"${large(n)}"`;

function rows(length: number, id: (n: number) => string): string {
	const list: string[] = [];
	for (let size = 0; size < length; size += list[list.length - 1].length + 1) {
		list.push(order(id(list.length), list.length));
	}
	return `[${list.join(',')}]`;
}

function textOf(length: number, id: (n: number) => string): string {
	const words = 'A long report, line by line, on 2024-11-25 at 10:00. ';
	return JSON.stringify({ id: 0, report: words.repeat(length / words.length) }).replace('0', id(1));
}

const CASES: ReadonlyArray<[string, (id: (n: number) => string) => string]> = [
	['1 kB object', (id) => `{"orders":${rows(KILOBYTE, id)}}`],
	['100 kB of rows', (id) => rows(100 * KILOBYTE, id)],
	['1 MB of rows', (id) => rows(1000 * KILOBYTE, id)],
	['1 MB of text', (id) => textOf(1000 * KILOBYTE, id)],
];
const IDS = { small, 'large, as text': digitsInText, large };

function timeOf(parse: (text: string) => unknown, text: string, calls: number): number {
	const start = process.hrtime.bigint();
	for (let call = 0; call < calls; call++) parse(text);
	return Number(process.hrtime.bigint() - start) / calls / 1000;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];

function compare(text: string) {
	const calls = Math.ceil(ROUND_CHARACTERS / text.length);
	const plain: number[] = [];
	const exact: number[] = [];
	// The first rounds only warm up. Both take turns, so that what slows the machine slows both.
	for (let round = -5; round < ROUNDS; round++) {
		const times = [timeOf(parseJson, text, calls), timeOf(parseExactJson, text, calls)];
		if (round < 0) continue;
		plain.push(times[0]);
		exact.push(times[1]);
	}
	const [before, after] = [median(plain), median(exact)];
	return {
		'JSON.parse µs': Number(before.toFixed(1)),
		'exact µs': Number(after.toFixed(1)),
		ratio: Number((after / before).toFixed(2)),
	};
}

const table: Record<string, object> = {};
for (const [name, write] of CASES) {
	for (const [kind, id] of Object.entries(IDS)) table[`${name}, ids ${kind}`] = compare(write(id));
}
console.table(table);
