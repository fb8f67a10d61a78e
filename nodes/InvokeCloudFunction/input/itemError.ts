import { NodeOperationError, type INode } from 'n8n-workflow';
import type { Problem } from '../../../wechat/invoke/target';

/** What makes an item impossible to send. Thrown, it becomes that item's failure in readItem. */
export function toError(node: INode, { what, hint }: Problem): NodeOperationError {
	return new NodeOperationError(node, what, { description: hint });
}
