import { isObject } from '../http/request';
import { count, OBJECT, readFields, TEXT, TRUE, WHOLE, type FieldRule } from './fields';

/** What an answer, a call or a run can be told to do wrong. Plain data, see README.md. */
export interface Fault {
	errcode?: number;
	errmsg?: string;
	html?: boolean;
	redirect?: boolean;
	reset?: boolean;
	hang?: boolean;
	status?: number;
	body?: string;
	bodyBase64?: string;
	half?: boolean;
	trickleMs?: number;
	/** Each field of this name in the answer, however deep, becomes this value. */
	set?: Record<string, unknown>;
	/** Each field of these names is left out of the answer. */
	omit?: string[];
	headers?: Record<string, string>;
	retryAfterSeconds?: number;
	delayMs?: number;
	thrownErrorAs?: 'resp_data' | 'runtime';
	/** Fields over those of the function's event. */
	event?: Record<string, unknown>;
	/** When a function that runs later does, whatever was asked. */
	delaySeconds?: number;
	/** How often the call does what it is for, whatever it answers. */
	runs?: number;
	/** So many calls go well first. */
	skip?: number;
	/** Of those after them, each so-manieth fails; absent: each. */
	every?: number;
	/** So many calls fail, then no more. */
	times?: number;
}

const MOST_RUNS = 10;
const MILLISECONDS = count('milliseconds');
const SECONDS = count('seconds');
const HEADER_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;

const RULES: Readonly<Record<keyof Fault, FieldRule>> = {
	errcode: WHOLE,
	errmsg: TEXT,
	html: TRUE,
	redirect: TRUE,
	reset: TRUE,
	hang: TRUE,
	status: {
		accepts: (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
		is: 'an HTTP status from 200 to 599',
	},
	body: TEXT,
	bodyBase64: TEXT,
	half: TRUE,
	trickleMs: MILLISECONDS,
	set: OBJECT,
	omit: { accepts: isListOfTexts, is: 'a list of names' },
	headers: { accepts: isHeaders, is: 'an object of texts' },
	retryAfterSeconds: SECONDS,
	delayMs: MILLISECONDS,
	thrownErrorAs: {
		accepts: (value) => value === 'resp_data' || value === 'runtime',
		is: '"resp_data" or "runtime"',
	},
	event: OBJECT,
	delaySeconds: SECONDS,
	runs: {
		accepts: (value) => count('').accepts(value) && Number(value) <= MOST_RUNS,
		is: `a whole number from 0 to ${MOST_RUNS}`,
	},
	skip: count(''),
	every: count('', 1),
	times: count(''),
};

/** The instruction, or the sentence that says what is wrong with it; `name` is its subject. */
export function readFault(instruction: unknown, name: string): Fault | string {
	return readFields<Fault>(instruction, name, RULES);
}

/** How many of the first calls a fault has met. */
export function countHits({ skip = 0, every = 1, times = Infinity }: Fault, calls: number): number {
	return Math.min(Math.floor(Math.max(calls - skip, 0) / every), times);
}

function isListOfTexts(value: unknown): boolean {
	return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isHeaders(value: unknown): boolean {
	return (
		isObject(value) &&
		Object.entries(value).every(
			([name, text]) => /^[\w-]+$/.test(name) && typeof text === 'string' && HEADER_TEXT.test(text),
		)
	);
}
