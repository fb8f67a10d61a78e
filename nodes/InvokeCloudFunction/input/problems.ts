import { NodeOperationError, type INode, type INodeProperties } from 'n8n-workflow';
import type { Problem } from '../../../wechat/invoke/target';
import { shorten } from '../../../wechat/outcome/redact';
import { parameters } from '../description/parameters';

/** What makes an item impossible to send. Thrown, it becomes that item's failure in readItem. */
export function toError(node: INode, { what, hint }: Problem): NodeOperationError {
	return new NodeOperationError(node, what, { description: hint });
}

/** The other way round; of any other error, what it says. */
export function toProblem(error: unknown): Problem {
	const { message, description } = (error ?? {}) as { message?: unknown; description?: unknown };
	return {
		what: shorten(String(message ?? error)),
		hint: typeof description === 'string' && description !== '' ? description : OTHERWISE,
	};
}

const OTHERWISE = 'Correct the parameters of the node, or leave this item out.';

/** An expression that n8n could not work out. */
export function describeFailedExpression(called: string, error: unknown): Problem {
	const { message, description } = (error ?? {}) as { message?: unknown; description?: unknown };
	const reason = shorten(String(message ?? error)).replace(/[.\s]+$/, '');
	const advice = typeof description === 'string' ? shorten(stripTags(description)).trim() : '';
	return {
		what: `the expression in ${called} failed: ${reason}`,
		hint: `${endSentence(advice)} Open the node and correct the expression in ${called}.`.trim(),
	};
}

/** How the editor calls a parameter, for example `the option Timeout`. */
export function nameParameter(name: string): string {
	const [first, second] = name.split('.');
	const parameter = findProperty(parameters, first);
	const option = findProperty(parameter?.options, second);
	if (option !== undefined) return `the option ${option.displayName}`;
	return parameter?.displayName ?? name;
}

function findProperty(
	properties: INodeProperties['options'],
	name: string | undefined,
): INodeProperties | undefined {
	return properties?.find(
		(property): property is INodeProperties => property.name === name && 'type' in property,
	);
}

/** n8n's descriptions may hold markup. */
function stripTags(text: string): string {
	return text.replace(/<[^<>]*>/g, '');
}

function endSentence(text: string): string {
	return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** What a value is, as the object of a sentence. */
export function describeKind(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'an array';
	if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
	if (typeof value !== 'object') return value === undefined ? 'undefined' : `a ${typeof value}`;
	const kind = Object.prototype.toString.call(value).slice(8, -1);
	if (kind === 'Date' || 'isLuxonDateTime' in value) return 'a date';
	return kind === 'Object' ? 'an object' : `a ${kind}`;
}
