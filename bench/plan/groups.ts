import type { ContestantName } from './contestants';

/** One figure to measure. */
export interface Cell {
	by: ContestantName;
	rows: number;
	/** In a second run, weighs what is alive. */
	weigh?: boolean;
	/** What the stub takes while this runs; each run is in an environment of its own, of which nothing is known. */
	limit?: Limit;
	/** Each row carries a file of so many bytes. */
	fileBytes?: number;
	/** Instead of that of its group. */
	line?: Line;
}

/** So many calls at the same time, or so many that start within a window, which begins with its first call. */
export type Limit = { atOnce: number } | { calls: number; windowMs: number };

/**
 * The way to the stub server: next door over HTTP or HTTPS, or over HTTPS with 300 ms for each round trip, by
 * TLS 1.3 or TLS 1.2.
 */
export type Line = 'http' | 'https' | 'far' | 'farTls12';

/** What the columns of a group's table are about. */
export type Kind = 'time' | 'memory' | 'limits' | 'files';

/** Cells that are run in turn, A B C C B A, so that what slows the machine slows all of them. */
export interface Group {
	name: string;
	title: string;
	kind: Kind;
	line: Line;
	/** How long a function takes. */
	delayMs: number;
	runs: number;
	cells: Cell[];
	/** A new n8n for every run: nothing is left of what the one before needed. */
	inFreshProcess?: boolean;
}

const RUNS = 5;
const FEW_RUNS = 3;
/** Each cell comes first as often as last. */
const EVEN_RUNS = 8;
export const BYTES_PER_MB = 1_000_000;

const ALL: ContestantName[] = [
	'node5',
	'node50',
	'nodeBatches',
	'httpRequestFast',
	'httpRequest',
	'helper5',
	'helper50',
	'axios50',
	'axiosKeepAlive50',
];
/** Those that a run of so many items still tells something new of. */
const LARGE = ALL.filter((by) => !['helper5', 'node5', 'axiosKeepAlive50'].includes(by));
const WITHOUT_SLOW = ALL.filter((by) => by !== 'helper5' && by !== 'node5');
const FEW = [2, 3, 5, 10, 20];
const FILE_MB = [1, 50, 300];

const cells = (rows: number, names: ContestantName[], more: Partial<Cell> = {}): Cell[] =>
	names.map((by) => ({ by, rows, ...more }));

type Usual = 'kind' | 'line' | 'delayMs' | 'runs';

function group(
	name: string,
	title: string,
	more: Omit<Group, 'name' | 'title' | Usual> & Partial<Pick<Group, Usual>>,
): Group {
	return { name, title, kind: 'time', line: 'http', delayMs: 0, runs: RUNS, ...more };
}

function limitGroup(
	name: string,
	what: string,
	{
		rows,
		limit,
		delayMs,
		paced,
	}: { rows: number; limit: Limit; delayMs: number; paced: ContestantName },
): Group {
	const items = rows.toLocaleString('en');
	return group(name, `Under a limit: ${items} items, ${what}, ${delayMs} ms`, {
		kind: 'limits',
		delayMs,
		runs: FEW_RUNS,
		cells: cells(rows, ['nodeInEnvironment', 'httpRequestRetry', paced], { limit }),
	});
}

export const GROUPS: Group[] = [
	group('1k', '1,000 items, 0 ms', { cells: cells(1000, ALL) }),
	group('5k', '5,000 items, 0 ms', { cells: cells(5000, LARGE) }),
	group('fields', '2,000 items, dragged fields, 0 ms', {
		cells: cells(2000, ['node50', 'nodeFields', 'nodeBatches', 'nodeFieldsBatches', 'editFields']),
	}),
	group('50k', '50,000 items against 5,000, 0 ms', {
		runs: FEW_RUNS,
		cells: [...cells(5000, ['node50', 'nodeBatches']), ...cells(50_000, ['node50', 'nodeBatches'])],
	}),
	group('50k-others', '50,000 items through HTTP Request, 0 ms', {
		runs: 1,
		cells: cells(50_000, ['httpRequestFast']),
	}),
	group('50ms', '1,000 items, 50 ms', {
		delayMs: 50,
		cells: cells(1000, ['node5', ...WITHOUT_SLOW]),
	}),
	group('https', '1,000 items over HTTPS, 0 ms', {
		line: 'https',
		cells: cells(1000, WITHOUT_SLOW),
	}),
	group('few', 'A few items over HTTPS, one by one and as one batch, 0 ms', {
		line: 'https',
		cells: FEW.flatMap((rows) => cells(rows, ['node5', 'nodeBatches'])),
	}),
	group('far', 'Over a long distance: HTTPS with 300 ms for a round trip, 0 ms', {
		line: 'far',
		runs: FEW_RUNS,
		cells: [
			...cells(10, ['node1', 'axiosKeepAlive1']),
			...cells(10, ['node1'], { line: 'farTls12' }),
			...cells(10, ['nodeBatches']),
		],
	}),
	group('no-limit', 'No limit in sight: what minding limits costs, 2,000 items, 0 ms', {
		runs: EVEN_RUNS,
		cells: cells(2000, ['node50', 'nodeWithoutLimits']),
	}),
	limitGroup('limit-20', '20 calls at once allowed', {
		rows: 500,
		limit: { atOnce: 20 },
		delayMs: 500,
		paced: 'httpRequest20',
	}),
	limitGroup('limit-3', '3 calls at once allowed', {
		rows: 1000,
		limit: { atOnce: 3 },
		delayMs: 100,
		paced: 'httpRequest3',
	}),
	limitGroup('limit-10s', '100 calls in 10 s allowed', {
		rows: 300,
		limit: { calls: 100, windowMs: 10_000 },
		delayMs: 50,
		paced: 'httpRequest100',
	}),
	group('files', "Files: one item with a file, n8n's binary data on disk", {
		kind: 'files',
		runs: FEW_RUNS,
		inFreshProcess: true,
		cells: [
			...FILE_MB.flatMap((mb) => cells(1, ['nodeFiles'], { fileBytes: mb * BYTES_PER_MB })),
			...cells(1, ['httpRequestFile'], { fileBytes: Math.max(...FILE_MB) * BYTES_PER_MB }),
		],
	}),
	group('memory', 'Memory, a new n8n for every run, 0 ms', {
		kind: 'memory',
		runs: FEW_RUNS,
		inFreshProcess: true,
		cells: [
			...cells(5000, ['httpRequestFast']),
			...cells(5000, ['node50'], { weigh: true }),
			...cells(50_000, ['node50'], { weigh: true }),
		],
	}),
];

/** The least time that a limit leaves for so many calls. */
export function computeLeastMs({ rows, limit }: Cell, delayMs: number): number {
	if (limit === undefined) return NaN;
	if ('atOnce' in limit) return Math.ceil(rows / limit.atOnce) * delayMs;
	return (Math.ceil(rows / limit.calls) - 1) * limit.windowMs + delayMs;
}

/** For a look that takes a minute: nothing is kept. */
export const QUICK_GROUPS: Group[] = [{ ...GROUPS[0], runs: 2 }];
