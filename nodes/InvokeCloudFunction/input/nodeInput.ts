import type { DateTime } from 'luxon';
import {
	isExpression,
	type IExecuteFunctions,
	type IGetNodeParameterOptions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { findAt } from './fieldPath';
import { openNotes, type Notes } from './notes';
import { followReference, parseReference, UNSURE } from './plainReference';
import { describeFailedExpression, nameParameter, toError } from './problems';

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
	notes: Notes;
}

/**
 * The value of a parameter for an item, its expressions evaluated. A dot leads into a collection or a list.
 * @param otherwise the value where the parameter is not set
 * @throws NodeOperationError that names the parameter
 */
export type ReadParameter = (
	name: string,
	itemIndex: number,
	otherwise?: unknown,
	options?: ReadOptions,
) => unknown;

interface ReadOptions extends Pick<IGetNodeParameterOptions, 'extractValue'> {
	/** How the user knows the parameter, where it is none of the node's own list. */
	called?: string;
}

export function openInput(context: IExecuteFunctions): NodeInput {
	const node = context.getNode();
	// n8n makes the type of the tool out of the node's, and names it so.
	const isTool = node.type.endsWith('Tool');
	const items = context.getInputData();
	return {
		context,
		node,
		isTool,
		runIndex: context.getWorkflowDataProxy(0).$runIndex as number,
		items,
		// An agent's tool reads what the agent says, in expressions that n8n alone can work out.
		read: openParameters(context, node, isTool ? [] : items),
		notes: openNotes(),
	};
}

/** How a parameter gets its value for an item. */
type Way = (itemIndex: number, ask: () => unknown) => unknown;

/**
 * n8n works out every parameter for every item. A parameter without an expression is read once, a plain
 * reference from the item.
 */
function openParameters(
	context: IExecuteFunctions,
	node: INode,
	items: INodeExecutionData[],
): ReadParameter {
	const ways = new Map<string, Way>();
	return (name, itemIndex, otherwise, options = {}) => {
		const way = ways.get(name) ?? chooseWay(findAt(node.parameters, name.split('.')), items);
		ways.set(name, way);
		return way(itemIndex, () => {
			try {
				const { extractValue } = options;
				return context.getNodeParameter(name, itemIndex, otherwise, { extractValue }) as unknown;
			} catch (error) {
				throw toError(node, describeFailedExpression(options.called ?? nameParameter(name), error));
			}
		});
	};
}

/** Reads something once where none of these parameters holds an expression: then it is the same for all items. */
export function readOnce<T>(
	{ node }: NodeInput,
	names: string[],
	read: (itemIndex: number) => T,
): (itemIndex: number) => T {
	if (names.some((name) => holdsExpression(node.parameters[name]))) return read;
	const once = keepFirst<T>();
	return (itemIndex) => once(() => read(itemIndex));
}

/** Does what is asked for once, and gives what came of it from then on; what throws is done again. */
function keepFirst<T>(): (ask: () => T) => T {
	let known: { value: T } | undefined;
	return (ask) => (known ??= { value: ask() }).value;
}

function chooseWay(raw: unknown, items: INodeExecutionData[]): Way {
	if (!holdsExpression(raw)) {
		const once = keepFirst<unknown>();
		return (_, ask) => once(ask);
	}
	const reference = parseReference(isLocator(raw) ? raw.value : raw);
	if (reference === undefined) return (_, ask) => ask();
	return (itemIndex, ask) => {
		const value = followReference(reference, items[itemIndex]?.json);
		return value === UNSURE || (isLocator(raw) && typeof value === 'object') ? ask() : value;
	};
}

function isLocator(raw: unknown): raw is { value: unknown } {
	return typeof raw === 'object' && raw !== null && '__rl' in raw && 'value' in raw;
}

function holdsExpression(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return isExpression(value);
	return Object.values(value).some(holdsExpression);
}

/** As ISO text in the workflow's time zone; in UTC where the workflow names none that there is. */
export function writeLocalTime(context: IExecuteFunctions, at: DateTime): string | undefined {
	const local = at.setZone(context.getTimezone());
	return (local.isValid ? local : at.toUTC()).toISO() ?? undefined;
}

/** Says something over the node's output in the editor. */
export function addHint(context: IExecuteFunctions, message: string): void {
	// Older versions of n8n have no hints at run time.
	const { addExecutionHints }: Partial<IExecuteFunctions> = context;
	addExecutionHints?.call(context, { message, location: 'outputPane' });
}
