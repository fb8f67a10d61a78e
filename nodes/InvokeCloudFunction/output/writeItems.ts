import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isRecord } from '../../../wechat/answer/answer';
import type { Failure } from '../../../wechat/outcome/failure';
import type { Success } from '../../../wechat/outcome/returnValue';

type Json = Record<string, unknown>;

/** The input items a call was made for: one, or those of a batch. */
export interface Inputs {
	indexes: readonly number[];
	/** Their json, where the input fields are wanted in the output. */
	fields?: readonly Json[];
}

/**
 * The items of one success. An array comes out as one item per element, so an empty one as none; an array
 * as long as its batch belongs to the batch's items, one by one.
 */
export function writeSuccess(
	{ errmsg, result, scheduledFor }: Success,
	inputs: Inputs,
	simplify: boolean,
): INodeExecutionData[] {
	if (scheduledFor !== undefined) return [write({ errcode: 0, errmsg, scheduledFor }, inputs)];
	if (!simplify) return [write({ errcode: 0, errmsg, resp_data: result }, inputs)];
	if (!Array.isArray(result)) return [write(toFields(result), inputs)];
	const isOneByOne = result.length === inputs.indexes.length;
	return result.map((element, i) =>
		write(toFields(element), isOneByOne ? pickInput(inputs, i) : inputs),
	);
}

/** n8n moves an item of this shape to the error output and puts the input fields beside `error`. */
export function writeFailure(failure: Failure, itemIndex: number): INodeExecutionData {
	return { json: { error: toError(failure) }, pairedItem: { item: itemIndex } };
}

/** A failure on an output of its own, from which n8n must not move it. */
export function writeBranchItem(
	failure: Failure,
	itemIndex: number,
	input: IDataObject,
): INodeExecutionData {
	const json = keepInPlace({ ...input, error: toError(failure) }, failure.errcode);
	return { json: json as IDataObject, pairedItem: { item: itemIndex } };
}

/** What the workflow gets to see of a failure, first what a person reads first. */
function toError(failure: Failure): IDataObject {
	const { message, hint, ...others } = failure;
	const shown: Partial<Failure> = { message, hint, ...others };
	delete shown.kind;
	return shown as IDataObject;
}

/** Input fields first, the result over them. What belongs to several items has the fields of none. */
function write(fields: Json, { indexes, fields: inputFields }: Inputs): INodeExecutionData {
	const input = indexes.length === 1 ? inputFields?.[0] : undefined;
	const [item, ...others] = indexes.map((index) => ({ item: index }));
	return {
		json: keepInPlace({ ...input, ...fields }, 0) as IDataObject,
		pairedItem: others.length === 0 ? item : [item, ...others],
	};
}

function pickInput({ indexes, fields }: Inputs, i: number): Inputs {
	return { indexes: [indexes[i]], fields: fields && [fields[i]] };
}

function toFields(value: unknown): Json {
	return isRecord(value) ? value : { result: value };
}

/**
 * n8n takes an item with `error` and nothing but these keys for a failed one, and moves it; n8n 1 also where
 * `error` is empty, 0, false or null.
 */
function keepInPlace(json: Json, errcode: number | null): Json {
	const isMoved =
		json.error !== undefined &&
		Object.keys(json).every((key) => ['error', 'message', 'details'].includes(key));
	return isMoved ? { ...json, errcode } : json;
}
