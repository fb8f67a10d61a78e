import type { IExecuteFunctions } from 'n8n-workflow';

/** Says something over the node's output in the editor. */
export function addHint(context: IExecuteFunctions, message: string): void {
	// Older versions of n8n have no hints at run time.
	const { addExecutionHints }: Partial<IExecuteFunctions> = context;
	addExecutionHints?.call(context, { message, location: 'outputPane' });
}
