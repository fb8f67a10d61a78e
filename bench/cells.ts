import type { ContestantName } from './contestants';

/** One figure to measure. */
export interface Cell {
	by: ContestantName;
	rows: number;
	/** In a second run, weighs what is alive. */
	weigh?: boolean;
}

/** Cells that are run in turn, A B C A B C, so that what slows the machine slows all of them. */
export interface Group {
	name: string;
	title: string;
	protocol: 'http' | 'https';
	/** How long a function takes. */
	delayMs: 0 | 50;
	runs: number;
	cells: Cell[];
	/** A new n8n for every run, to see what it needs at most. */
	inFreshProcess?: boolean;
}

const RUNS = 5;

const ALL: ContestantName[] = [
	'node5',
	'node50',
	'nodeBatches',
	'httpRequest',
	'helper5',
	'helper50',
	'axios50',
	'axiosKeepAlive50',
];
const WITHOUT_SLOW = ALL.filter((by) => by !== 'helper5' && by !== 'node5');
const FEW = [2, 3, 5, 10, 20];

const cells = (rows: number, names: ContestantName[]): Cell[] => names.map((by) => ({ by, rows }));

export const GROUPS: Group[] = [
	{
		name: '1k',
		title: '1,000 items, 0 ms',
		protocol: 'http',
		delayMs: 0,
		runs: RUNS,
		cells: cells(1000, ALL),
	},
	{
		name: '5k',
		title: '5,000 items, 0 ms',
		protocol: 'http',
		delayMs: 0,
		runs: RUNS,
		cells: cells(5000, ALL),
	},
	{
		name: '50k',
		title: '50,000 items against 5,000, 0 ms',
		protocol: 'http',
		delayMs: 0,
		runs: RUNS,
		cells: [...cells(5000, ['node50', 'nodeBatches']), ...cells(50_000, ['node50', 'nodeBatches'])],
	},
	{
		name: '50k-others',
		title: '50,000 items through HTTP Request, as far as it gets, 0 ms',
		protocol: 'http',
		delayMs: 0,
		runs: 1,
		cells: cells(50_000, ['httpRequest', 'httpRequestPaced']),
	},
	{
		name: '50ms',
		title: '1,000 items, 50 ms',
		protocol: 'http',
		delayMs: 50,
		runs: RUNS,
		cells: cells(1000, ['node5', ...WITHOUT_SLOW]),
	},
	{
		name: 'https',
		title: '1,000 items over HTTPS, 0 ms',
		protocol: 'https',
		delayMs: 0,
		runs: RUNS,
		cells: cells(1000, WITHOUT_SLOW),
	},
	{
		name: 'few',
		title: 'A few items over HTTPS, one by one and as one batch, 0 ms',
		protocol: 'https',
		delayMs: 0,
		runs: RUNS,
		cells: FEW.flatMap((rows) => cells(rows, ['node5', 'nodeBatches'])),
	},
	{
		name: 'memory',
		title: 'Memory, a new n8n for every run, 0 ms',
		protocol: 'http',
		delayMs: 0,
		runs: RUNS,
		cells: [
			...cells(5000, ['httpRequest']),
			{ by: 'node50', rows: 5000, weigh: true },
			{ by: 'node50', rows: 50_000, weigh: true },
		],
		inFreshProcess: true,
	},
];

/** For a look that takes a minute: nothing is written. */
export const QUICK_GROUPS: Group[] = [{ ...GROUPS[0], runs: 2 }];
