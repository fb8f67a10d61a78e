import type { INode, NodeApiError } from 'n8n-workflow';
import { buildNodeError } from '../../nodeError';
import type { Answered } from '../run/job';
import type { Results } from '../run/runItems';

/** The error that stops the workflow, built from the failure alone: it holds no request. */
export function buildStop(
	node: INode,
	{ itemIndex, failure }: NonNullable<Results['stop']>,
	answered: Answered[],
	total: number,
): NodeApiError {
	const { hint, requestData } = failure;
	const sentences = [
		hint,
		countItems(answered, total),
		total === 1
			? ''
			: `Items are counted from 1 here; n8n's own [item ${itemIndex}] is item ${itemIndex + 1}.`,
		requestData === undefined ? '' : `What was sent: ${requestData}`,
	];
	const description = sentences.filter((sentence) => sentence !== '').join(' ');
	return buildNodeError(node, { ...failure, description, itemIndex });
}

/** Says of every item what is known: whoever runs the workflow again sends all of them again. */
function countItems(answered: Answered[], total: number): string {
	const ran: number[] = [];
	const mayHaveRun: number[] = [];
	const refused: number[] = [];
	for (const { itemIndexes, outcome } of answered) {
		if (outcome.kind === 'success' || outcome.category === 'function-error')
			ran.push(...itemIndexes);
		else if (outcome.mayHaveRun) mayHaveRun.push(...itemIndexes);
		else if (outcome.attempts > 0) refused.push(...itemIndexes);
	}
	const unsent = total - ran.length - mayHaveRun.length - refused.length;
	const parts = [
		`${ran.length} had run`,
		`${mayHaveRun.length} may have run${nameItems(mayHaveRun)}`,
		...(refused.length > 0
			? [`${refused.length} ${were(refused.length)} refused${nameItems(refused)}`]
			: []),
		`${unsent} ${were(unsent)} not sent`,
	];
	return `Of ${total} item${total === 1 ? '' : 's'} ${parts.join(', ')}.`;
}

function were(count: number): string {
	return count === 1 ? 'was' : 'were';
}

const MOST_NAMED = 20;

function nameItems(indexes: number[]): string {
	if (indexes.length === 0) return '';
	const numbers = indexes.map((index) => index + 1).sort((a, b) => a - b);
	const named = numbers.slice(0, MOST_NAMED).join(', ');
	return ` (item${indexes.length === 1 ? '' : 's'} ${named}${numbers.length > MOST_NAMED ? ', …' : ''})`;
}
