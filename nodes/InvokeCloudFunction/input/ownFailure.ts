import { isRecord } from '../../../wechat/answer/answer';

type Kind = 'string' | 'number' | 'boolean';

/** The fields of a failure as an item carries it. */
const ALWAYS: Record<string, Kind> = {
	message: 'string',
	errmsg: 'string',
	category: 'string',
	retryable: 'boolean',
	mayHaveRun: 'boolean',
	attempts: 'number',
	hint: 'string',
	environment: 'string',
	function: 'string',
};
const SOMETIMES = new Set(['errcode', 'rid', 'result', 'requestData']);

/**
 * Whether this is the `error` object that this node writes into a failed item. In a loop over the failed items it
 * comes back with them, where it tells of an earlier round. Anybody else's `error` is data.
 */
export function isOwnFailure(value: unknown): boolean {
	if (!isRecord(value)) return false;
	const { errcode } = value;
	return (
		(errcode === null || typeof errcode === 'number') &&
		Object.keys(ALWAYS).every((name) => typeof value[name] === ALWAYS[name]) &&
		Object.keys(value).every((name) => name in ALWAYS || SOMETIMES.has(name))
	);
}

/** The fields of an item, without what this node itself said of it in an earlier round. */
export function dropOwnFailure<T extends Record<string, unknown>>(fields: T): T {
	if (!isOwnFailure(fields.error)) return fields;
	const others = { ...fields };
	delete others.error;
	return others;
}
