import type { INode, NodeApiError } from 'n8n-workflow';
import type { Failure } from '../../../wechat/outcome/failure';
import { buildNodeError } from '../../nodeError';

interface Progress {
	itemIndex: number;
	/** How many items had been invoked before this one, and how many there are. */
	invoked: number;
	total: number;
}

/** The error that stops the workflow, built from the failure alone: it holds no request. */
export function buildStop(node: INode, failure: Failure, progress: Progress): NodeApiError {
	const { itemIndex, invoked, total } = progress;
	const description =
		`${failure.hint} Items invoked before this one: ${invoked} of ${total}.`.trim();
	return buildNodeError(node, { ...failure, description, itemIndex });
}
