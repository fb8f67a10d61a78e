import { isObject } from '../http/request';

/** A function as the lists show it. */
export interface ListedFunction {
	name: string;
	/** SCF's word for its state; `Active` if left out. */
	status?: string;
}

/** What a test does to the lists of functions without HTTP. */
export interface FunctionListControls {
	/** Shows more functions, which can't be invoked, in every environment. */
	add(functions: readonly ListedFunction[]): void;
	/** Shows what was shown at the start. */
	reset(): void;
}

export interface Page {
	offset: number;
	limit: number;
	/** Part of the name; '' for all. */
	searchkey: string;
}

export type FunctionList = ReturnType<typeof createFunctionList>;

/** Not there to be invoked: they show what else a list can hold. */
export const STATUS_EXAMPLES: readonly ListedFunction[] = [
	{ name: 'newCoupon', status: 'Updating' },
	{ name: 'oldReport', status: 'CreateFailed' },
];
const DETAILS = {
	runtime: 'Nodejs18.15',
	add_time: '2025-02-27 15:34:59',
	mod_time: '2025-06-21 15:23:54',
};
const FAILED_REASON = { errcode: 'ResourceNotFound.File', errmsg: 'The entry file is missing.' };

/** What the lists of functions hold: those that run, and some in other states. */
export function createFunctionList(functionNames: readonly string[]) {
	const atStart: readonly ListedFunction[] = [
		...functionNames.map((name) => ({ name })),
		...STATUS_EXAMPLES,
	];
	let functions = atStart;

	return {
		add(more: readonly ListedFunction[]): void {
			functions = [...functions, ...more];
		},
		reset(): void {
			functions = atStart;
		},
		read({ offset, limit, searchkey }: Page) {
			const found = functions.filter(({ name }) => name.includes(searchkey));
			return {
				total_count: found.length,
				functions: found.slice(offset, offset + limit).map(describe),
			};
		},
	};
}

function describe({ name, status = 'Active' }: ListedFunction) {
	const status_reason = status.endsWith('Failed') ? [FAILED_REASON] : undefined;
	return { name, status, ...DETAILS, status_reason };
}

const MOST_AT_ONCE = 100;
const USUAL_LIMIT = 20;

/** The part of a list that a request asks for, or undefined if it asks for none that there can be. */
export function readPage(body: unknown): Page | undefined {
	const { offset = 0, limit = USUAL_LIMIT, searchkey = '' } = isObject(body) ? body : {};
	if (!isWithin(offset, 0, Infinity) || !isWithin(limit, 1, MOST_AT_ONCE)) return undefined;
	return typeof searchkey === 'string' ? { offset, limit, searchkey } : undefined;
}

function isWithin(value: unknown, least: number, most: number): value is number {
	return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
