import { NodeApiError, type INode } from 'n8n-workflow';
import type { Failure } from '../../wechat/failure';

interface Progress {
	itemIndex: number;
	/** How many items had been invoked before this one, and how many there are. */
	invoked: number;
	total: number;
}

/** The error that stops the workflow, built from the failure alone: it holds no request. */
export function buildStop(node: INode, failure: Failure, progress: Progress): NodeApiError {
	const { message, hint, errcode, errmsg, category, rid } = failure;
	const { itemIndex, invoked, total } = progress;
	const error = new NodeApiError(
		node,
		{ errcode, errmsg, category, ...(rid !== undefined && { rid }) },
		{
			message,
			description: [hint, `Items invoked before this one: ${invoked} of ${total}.`]
				.join(' ')
				.trim(),
			httpCode: errcode === null ? undefined : String(errcode),
			itemIndex,
		},
	);
	// n8n replaces a message that holds a word such as ECONNREFUSED, which a function's own error text may.
	error.message = message;
	return error;
}
