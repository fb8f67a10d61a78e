import {
	isExpression,
	type IExecuteFunctions,
	type IGetNodeParameterOptions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

/** What one run of the node is given. */
export interface NodeInput {
	context: IExecuteFunctions;
	node: INode;
	/** An AI agent holds the node as a tool, and its items are what the agent gets to read. */
	isTool: boolean;
	/** 0, or higher where a loop runs the node again in the same execution. */
	runIndex: number;
	items: INodeExecutionData[];
	read: ReadParameter;
}

/**
 * The value of a parameter for an item, its expressions evaluated. A dot leads into a collection.
 * @param otherwise the value where the parameter is not set
 */
export type ReadParameter = (
	name: string,
	itemIndex: number,
	otherwise?: unknown,
	options?: IGetNodeParameterOptions,
) => unknown;

export function openInput(context: IExecuteFunctions): NodeInput {
	const node = context.getNode();
	return {
		context,
		node,
		// n8n makes the type of the tool out of the node's, and names it so.
		isTool: node.type.endsWith('Tool'),
		runIndex: context.getWorkflowDataProxy(0).$runIndex as number,
		items: context.getInputData(),
		read: openParameters(context, node),
	};
}

/** Reads a parameter that has no expression once for all items: n8n would work it out for every one. */
function openParameters(context: IExecuteFunctions, { parameters }: INode): ReadParameter {
	const fixed = new Map<string, unknown>();
	const varying = new Set<string>();
	return (name, itemIndex, otherwise, options) => {
		if (fixed.has(name)) return fixed.get(name);
		const value: unknown = context.getNodeParameter(name, itemIndex, otherwise, options);
		if (varying.has(name)) return value;
		if (holdsExpression(pick(parameters, name.split('.')))) varying.add(name);
		else fixed.set(name, value);
		return value;
	};
}

function pick(value: unknown, [name, ...deeper]: string[]): unknown {
	if (name === undefined || isExpression(value)) return value;
	return pick((value as Record<string, unknown> | undefined)?.[name], deeper);
}

function holdsExpression(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return isExpression(value);
	return Object.values(value).some(holdsExpression);
}

/** Says something over the node's output in the editor. */
export function addHint(context: IExecuteFunctions, message: string): void {
	// Older versions of n8n have no hints at run time.
	const { addExecutionHints }: Partial<IExecuteFunctions> = context;
	addExecutionHints?.call(context, { message, location: 'outputPane' });
}
