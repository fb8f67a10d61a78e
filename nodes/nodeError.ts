import { NodeApiError, type INode } from 'n8n-workflow';
import type { Category } from '../wechat/codes/kinds';

/** What an error that n8n shows is made of: plain texts, no request and no answer. */
export interface Reported {
	message: string;
	/** What to do now. */
	description: string;
	/** null when WeChat gave none. */
	errcode: number | null;
	/** WeChat's own text, secrets removed. */
	errmsg: string;
	category: Category;
	/** WeChat's request id. */
	rid?: string;
	itemIndex?: number;
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

/** Built afresh: the error of a request would carry its token along. */
export function buildNodeError(node: INode, reported: Reported): NodeApiError {
	const { message, description, errcode, errmsg, category, rid, itemIndex } = reported;
	const cause = N8N_CAUSES[category];
	const error = new NodeApiError(
		node,
		{ errcode, errmsg, category, ...(rid !== undefined && { rid }) },
		{
			message,
			description,
			httpCode: errcode === null ? undefined : String(errcode),
			itemIndex,
			failure: cause && { cause },
		},
	);
	// n8n replaces a message that holds a word such as ECONNREFUSED, which a function's own error text may.
	error.message = message;
	return error;
}
