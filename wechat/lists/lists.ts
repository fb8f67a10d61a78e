import { isRecord, type Answer } from '../answer/answer';
import { CODES } from '../codes/catalogue';
import { type Meaning } from '../codes/kinds';
import { readReply, type Failed } from '../answer/envelope';

export interface Environment {
	id: string;
	/** The name people gave it, or ''. */
	alias: string;
	/** WeChat's word where it can't be used, else ''. */
	problem: string;
}

export interface CloudFunction {
	name: string;
	/** CloudBase's word for its state, for example `Active`, `Updating` or `CreateFailed`; or ''. */
	status: string;
	/** It was not deployed as it should be. */
	isBroken: boolean;
}

export interface EnvironmentList {
	kind: 'environments';
	environments: Environment[];
}

export interface FunctionList {
	kind: 'functions';
	functions: CloudFunction[];
	/** How many there are in all; Infinity where WeChat does not say. */
	total: number;
}

const USABLE_ENVIRONMENT = 'NORMAL';

/** Reads the answer to buildEnvironmentsRequest. */
export function readEnvironments(answer: Answer): EnvironmentList | Failed {
	const list = readList(answer, 'info_list');
	if (list.kind === 'failed') return list;
	const environments = list.entries
		.map((entry) => {
			const status = text(entry.status);
			const problem = status === USABLE_ENVIRONMENT ? '' : status;
			return { id: text(entry.env), alias: text(entry.alias), problem };
		})
		.filter(({ id }) => id !== '');
	return { kind: 'environments', environments };
}

/** Reads the answer to buildFunctionsRequest. */
export function readFunctions(answer: Answer): FunctionList | Failed {
	const list = readList(answer, 'functions');
	if (list.kind === 'failed') return list;
	const functions = list.entries.map((entry) => {
		const status = text(entry.status);
		return { name: text(entry.name), status, isBroken: /failed$/i.test(status) };
	});
	const { total_count: total } = list.body;
	return { kind: 'functions', functions, total: typeof total === 'number' ? total : Infinity };
}

type Entry = Record<string, unknown>;

/** An account with nothing to list may get no list at all. */
function readList(
	answer: Answer,
	field: string,
): { kind: 'list'; entries: Entry[]; body: Entry } | Failed {
	const reply = readReply(answer, {
		purpose: 'the list',
		wanted: field,
		codes: LIST_CODES,
		againHint: 'Open the list again in a moment.',
	});
	if (reply.kind === 'failed') return reply;
	const body = reply.fields;
	const entries: unknown = body[field];
	return { kind: 'list', entries: Array.isArray(entries) ? entries.filter(isRecord) : [], body };
}

/** Where a list means something else by a code than an invocation does. */
const LIST_CODES: Readonly<Record<number, Meaning>> = {
	48001: {
		...CODES[48001],
		what: 'this account may not read lists with this kind of token',
		hint: 'Check the Token Mode in the credential. Functions may run all the same.',
	},
	61007: {
		...CODES[61007],
		hint: `${CODES[61007].hint} Functions may run all the same.`,
	},
};

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/**
 * The page of an environment, or of a function in it, in CloudBase's console.
 * Source: the console addresses in CloudBase's own guides for AI tools (TencentCloudBase).
 */
export function toConsolePage(environment: string, functionName?: string): string {
	const env = encodeURIComponent(environment);
	const page =
		functionName === undefined
			? 'overview'
			: `scf/detail?id=${encodeURIComponent(functionName)}&NameSpace=${env}`;
	return `https://tcb.cloud.tencent.com/dev?envId=${env}#/${page}`;
}
