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

function toFields(value: unknown): Record<string, unknown> {
	if (!isRecord(value)) return { result: value };
	return looksLikeError(value) ? { ...value, errcode: 0 } : value;
}

/** n8n takes an item with `error` and nothing but these keys for a failed one. */
function looksLikeError(json: Record<string, unknown>): boolean {
	const keys = Object.keys(json);
	return Boolean(json.error) && keys.every((key) => ['error', 'message', 'details'].includes(key));
}
