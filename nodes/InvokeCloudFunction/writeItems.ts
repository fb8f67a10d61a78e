import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isRecord } from '../../wechat/answer';
import type { Failure } from '../../wechat/failure';
import type { Success } from '../../wechat/outcome';

/** The items of one success. An array comes out as one item per element, so an empty one as none. */
export function writeSuccess(
	{ errmsg, result }: Success,
	itemIndex: number,
	simplify: boolean,
): INodeExecutionData[] {
	const values = simplify
		? (Array.isArray(result) ? result : [result]).map(toFields)
		: [{ errcode: 0, errmsg, resp_data: result }];
	return values.map((json) => ({ json: json as IDataObject, pairedItem: { item: itemIndex } }));
}

/** n8n moves an item of this shape to the error output and puts the input fields beside `error`. */
export function writeFailure(failure: Failure, itemIndex: number): INodeExecutionData {
	return { json: { error: { ...failure } as IDataObject }, pairedItem: { item: itemIndex } };
}

/** A failure on an output of its own, from which n8n must not move it. */
export function writeBranchItem(
	failure: Failure,
	itemIndex: number,
	input: IDataObject,
): INodeExecutionData {
	const json = keepInPlace({ ...input, error: { ...failure } }, failure.errcode);
	return { json: json as IDataObject, pairedItem: { item: itemIndex } };
}

function toFields(value: unknown): Record<string, unknown> {
	return isRecord(value) ? keepInPlace(value, 0) : { result: value };
}

/** n8n takes an item with `error` and nothing but these keys for a failed one, and moves it. */
function keepInPlace(
	json: Record<string, unknown>,
	errcode: number | null,
): Record<string, unknown> {
	const isMoved =
		Boolean(json.error) &&
		Object.keys(json).every((key) => ['error', 'message', 'details'].includes(key));
	return isMoved ? { ...json, errcode } : json;
}
