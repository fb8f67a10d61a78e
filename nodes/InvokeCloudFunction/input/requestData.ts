import type { IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../../../wechat/answer/answer';
import { parseJson } from '../../../wechat/answer/exactJson';
import type { RequestData } from '../../../wechat/invoke/request';
import { describeKind } from './fieldTypes';
import { toError } from './itemError';
import { addHint, type NodeInput } from './nodeInput';
import { readFields } from './readFields';

/** What one item gives the function as its event. Binary data is no part of it. */
export function readRequestData(input: NodeInput, itemIndex: number): RequestData {
	const kind = input.read('requestData', itemIndex);
	if (kind === 'allFields') return input.items[itemIndex].json;
	if (kind === 'fields') return readFields(input, itemIndex);
	return readJson(input, itemIndex);
}

function readJson({ node, read }: NodeInput, itemIndex: number): RequestData {
	const json = read('requestJson', itemIndex);
	const value = typeof json === 'string' ? parseJson(json) : json;
	if (isRecord(value)) return value;
	if (value === undefined) {
		throw toError(node, {
			what: 'the request data is not valid JSON',
			hint: 'Check the quotes, commas and brackets of the JSON. Enter {} to send no fields.',
		});
	}
	throw toError(node, {
		what: `the request data is ${describeKind(value)}, not a JSON object`,
		hint: 'Put it into an object, for example { "items": [ ] }.',
	});
}

/** By run of the node: n8n makes a context for each. */
const warned = new WeakSet<IExecuteFunctions>();

/** Says once per run, over the output, that the function won't get this field as sent. */
export function warnOfUserInfo(context: IExecuteFunctions, requestData: RequestData): void {
	if (requestData.userInfo === undefined || warned.has(context)) return;
	warned.add(context);
	addHint(
		context,
		'WeChat overwrites the field userInfo of the request data: the function gets { appId } there. Give the field another name to have it arrive.',
	);
}
