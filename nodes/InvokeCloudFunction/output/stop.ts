import { NodeApiError, type INode } from 'n8n-workflow';
import type { Category } from '../../../wechat/outcome/codes';
import type { Failure } from '../../../wechat/outcome/failure';

interface Progress {
	itemIndex: number;
	/** How many items had been invoked before this one, and how many there are. */
	invoked: number;
	total: number;
}

type FailureCause = NonNullable<
	NonNullable<ConstructorParameters<typeof NodeApiError>[2]>['failure']
>['cause'];

/** The categories n8n has a name for as well; its versions before 2.40 ignore them. */
const N8N_CAUSES: Partial<Record<Category, FailureCause>> = {
	'rate-limited': 'rate-limited',
	'quota-exhausted': 'quota-exhausted',
	'temporarily-unavailable': 'temporarily-unavailable',
	'credential-invalid': 'credential-invalid',
	'configuration-invalid': 'configuration-invalid',
};

/** The error that stops the workflow, built from the failure alone: it holds no request. */
export function buildStop(node: INode, failure: Failure, progress: Progress): NodeApiError {
	const { message, hint, errcode, errmsg, category, rid } = failure;
	const { itemIndex, invoked, total } = progress;
	const cause = N8N_CAUSES[category];
	const error = new NodeApiError(
		node,
		{ errcode, errmsg, category, ...(rid !== undefined && { rid }) },
		{
			message,
			description: `${hint} Items invoked before this one: ${invoked} of ${total}.`.trim(),
			httpCode: errcode === null ? undefined : String(errcode),
			itemIndex,
			failure: cause && { cause },
		},
	);
	// n8n replaces a message that holds a word such as ECONNREFUSED, which a function's own error text may.
	error.message = message;
	return error;
}
