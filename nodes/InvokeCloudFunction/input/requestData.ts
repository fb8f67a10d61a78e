import { isExpression } from 'n8n-workflow';
import { isRecord } from '../../../wechat/answer/answer';
import { parseJson } from '../../../wechat/answer/exactJson';
import type { RequestData } from '../../../wechat/invoke/request';
import type { NodeInput } from './nodeInput';
import { dropOwnFailure } from './ownFailure';
import { describeKind, toError } from './problems';
import { readFields } from './readFields';
import type { Rules } from './rules';

/** What one item gives the function as its event. Binary data is no part of it. */
export function readRequestData(
	input: NodeInput,
	itemIndex: number,
	{ dotNotation }: Rules,
): RequestData {
	const kind = input.read('requestData', itemIndex, 'allFields');
	if (kind === 'allFields') return dropOwnFailure(readWholeItem(input, itemIndex));
	const given =
		kind === 'fields' ? readFields(input, itemIndex, dotNotation) : readJson(input, itemIndex);
	const data = dropOwnFailure(given);
	if (data !== given) input.notes.ownFailure = true;
	return data;
}

function readWholeItem({ node, items }: NodeInput, itemIndex: number): RequestData {
	const json: unknown = items[itemIndex]?.json;
	if (isRecord(json)) return json;
	throw toError(node, {
		what: 'the item has no fields: the node before gave it no json',
		hint: 'Let the node before return items like { "json": { } }.',
	});
}

function readJson({ node, read }: NodeInput, itemIndex: number): RequestData {
	const json = read('requestJson', itemIndex, '{}');
	const isEmpty = typeof json === 'string' && json.trim() === '';
	const { requestJson: raw } = node.parameters;
	if (isExpression(raw) && (isEmpty || json === undefined || json === null)) {
		throw toError(node, {
			what: 'the expression in JSON gives nothing for this item',
			hint: 'Check the name of the field in it. The expression is to give a JSON object.',
		});
	}
	const value = typeof json === 'string' ? parseJson(json) : json;
	if (isRecord(value)) return value;
	if (value === undefined) {
		throw toError(node, {
			what: 'the request data is not valid JSON',
			hint: isExpression(raw) && raw !== json ? CHECK_VALUES : CHECK_TEXT,
		});
	}
	throw toError(node, {
		what: `the request data is ${describeKind(value)}, not a JSON object`,
		hint: 'Put it into an object, for example { "items": [ ] }.',
	});
}

const CHECK_TEXT = 'Check the quotes, commas and brackets of the JSON. Enter {} to send no fields.';
const CHECK_VALUES =
	'Where a value may hold quotes or line breaks, let n8n write it, without quotes around it: { "text": {{ JSON.stringify($json.text) }} }. Else check the quotes, commas and brackets of the JSON.';
