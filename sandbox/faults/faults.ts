import { isObject } from '../http/requestBody';

/** What an invocation can be told to do wrong. See README.md. */
export interface Fault {
	errcode?: number;
	errmsg?: string;
	html?: boolean;
	redirect?: boolean;
	delayMs?: number;
	reset?: boolean;
	hang?: boolean;
	half?: boolean;
	status?: number;
	body?: string;
	thrownErrorAs?: 'resp_data';
	retryAfterSeconds?: number;
	times?: number;
}

const FIELD_RULES: Readonly<
	Record<keyof Fault, { accepts: (value: unknown) => boolean; is: string }>
> = {
	errcode: { accepts: Number.isInteger, is: 'a whole number' },
	errmsg: { accepts: isText, is: 'text' },
	html: { accepts: isTrue, is: 'true' },
	redirect: { accepts: isTrue, is: 'true' },
	delayMs: { accepts: isCount, is: 'a whole number of milliseconds' },
	reset: { accepts: isTrue, is: 'true' },
	hang: { accepts: isTrue, is: 'true' },
	half: { accepts: isTrue, is: 'true' },
	status: { accepts: isStatus, is: 'an HTTP status from 200 to 599' },
	body: { accepts: isText, is: 'text' },
	thrownErrorAs: { accepts: (value) => value === 'resp_data', is: '"resp_data"' },
	retryAfterSeconds: { accepts: isCount, is: 'a whole number of seconds' },
	times: { accepts: isCount, is: 'a whole number' },
};

/** The instruction, or the sentence that says what is wrong with it; `name` is its subject. */
export function readFault(instruction: unknown, name: string): Fault | string {
	if (!isObject(instruction)) return `${name} must be an object with an instruction`;
	for (const [field, value] of Object.entries(instruction)) {
		if (!isField(field)) return `${name}.${field} is not an instruction`;
		if (!FIELD_RULES[field].accepts(value)) {
			return `${name}.${field} must be ${FIELD_RULES[field].is}`;
		}
	}
	return instruction;
}

/**
 * Lets an instruction with `times` act on the first calls only, so that a caller who tries again gets through.
 * Calls are told apart by what they say.
 */
export function createFaultCounter(): (fault: Fault, fingerprint: string) => Fault {
	const seen = new Map<string, number>();
	return (fault, fingerprint) => {
		if (fault.times === undefined) return fault;
		const count = (seen.get(fingerprint) ?? 0) + 1;
		seen.set(fingerprint, count);
		return count > fault.times ? {} : fault;
	};
}

function isField(name: string): name is keyof Fault {
	return Object.hasOwn(FIELD_RULES, name);
}

function isText(value: unknown): boolean {
	return typeof value === 'string';
}

function isCount(value: unknown): boolean {
	return Number.isInteger(value) && Number(value) >= 0;
}

function isTrue(value: unknown): boolean {
	return value === true;
}

function isStatus(value: unknown): boolean {
	return isCount(value) && Number(value) >= 200 && Number(value) <= 599;
}
