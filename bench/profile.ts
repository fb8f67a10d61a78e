/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFile } from 'node:fs/promises';

interface CallFrame {
	functionName: string;
	url: string;
	lineNumber: number;
}

interface ProfileNode {
	id: number;
	callFrame: CallFrame;
	children?: number[];
}

/** What V8's profiler writes; `timeDeltas` in µs. */
interface CpuProfile {
	nodes: ProfileNode[];
	samples: number[];
	timeDeltas: number[];
}

const SHOWN_FUNCTIONS = 45;
const US_PER_MS = 1000;

/** The functions that took most time themselves, and the files and packages whose functions did, as lines of text. */
export async function describeProfile(file: string): Promise<string[]> {
	const profile = JSON.parse(await readFile(file, 'utf8')) as CpuProfile;
	const selfUs = sumSelfTimes(profile);
	const byFunction = new Map<string, number>();
	const byPlace = new Map<string, number>();
	for (const { id, callFrame } of profile.nodes) {
		const us = selfUs.get(id) ?? 0;
		const place = shorten(callFrame.url);
		const name = `${callFrame.functionName || '(anonymous)'}  ${place}:${callFrame.lineNumber + 1}`;
		add(byFunction, name, us);
		add(
			byPlace,
			callFrame.url === '' ? callFrame.functionName || '(native)' : toPackage(place),
			us,
		);
	}
	const totalUs = [...selfUs.values()].reduce((sum, us) => sum + us, 0);
	return [
		'Time of its own by package',
		...list(byPlace, totalUs, SHOWN_FUNCTIONS / 3),
		'',
		'Time of its own by function',
		...list(byFunction, totalUs, SHOWN_FUNCTIONS),
		'',
		'Time with all that is called, functions of this package',
		...list(sumTotalTimes(profile, selfUs, /^n8n-nodes-/), totalUs, SHOWN_FUNCTIONS),
		'',
		'Time with all that is called, functions of n8n',
		...list(
			sumTotalTimes(profile, selfUs, /^(n8n|n8n-core|n8n-workflow|@n8n)\//),
			totalUs,
			SHOWN_FUNCTIONS,
		),
	];
}

function sumSelfTimes({ samples, timeDeltas }: CpuProfile): Map<number, number> {
	const times = new Map<number, number>();
	samples.forEach((id, i) => add(times, id, timeDeltas[i]));
	return times;
}

/** Of the functions in certain places. A recursion counts once. */
function sumTotalTimes(
	{ nodes }: CpuProfile,
	selfUs: Map<number, number>,
	places: RegExp,
): Map<string, number> {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const totals = new Map<string, number>();
	function visit(node: ProfileNode, above: Set<string>): number {
		const { functionName, url } = node.callFrame;
		const place = shorten(url);
		const name = `${functionName || '(anonymous)'}  ${place}`;
		const isOutermost = places.test(place) && !above.has(name);
		const inside = isOutermost ? new Set([...above, name]) : above;
		let us = selfUs.get(node.id) ?? 0;
		for (const id of node.children ?? []) us += visit(byId.get(id) as ProfileNode, inside);
		if (isOutermost) add(totals, name, us);
		return us;
	}
	visit(nodes[0], new Set());
	return totals;
}

function add<K>(sums: Map<K, number>, key: K, value: number): void {
	sums.set(key, (sums.get(key) ?? 0) + value);
}

function list(sums: Map<string, number>, totalUs: number, length: number): string[] {
	return [...sums]
		.sort(([, a], [, b]) => b - a)
		.slice(0, length)
		.map(([name, us]) => {
			const ms = (us / US_PER_MS).toFixed(0).padStart(7);
			return `${ms} ms ${((us / totalUs) * 100).toFixed(1).padStart(5)} %  ${name}`;
		});
}

/** From the last package on. */
function shorten(url: string): string {
	return url.replace(/^.*node_modules\//, '');
}

function toPackage(place: string): string {
	return place
		.split('/')
		.slice(0, place.startsWith('@') ? 2 : 1)
		.join('/');
}
