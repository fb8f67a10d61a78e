import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { Problem } from '../../wechat/target';

/** What makes an item impossible to send. Thrown, it becomes that item's failure in readItem. */
export function toError(context: IExecuteFunctions, { what, hint }: Problem): NodeOperationError {
	return new NodeOperationError(context.getNode(), what, { description: hint });
}
