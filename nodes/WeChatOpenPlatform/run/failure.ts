import { BUSY, CONFIGURATION } from '../../../wechat/codes/kinds';
import { toFailed, type Failed } from '../../../wechat/answer/envelope';
import { composeSentence, type Failure } from '../../../wechat/outcome/failure';
import { redact } from '../../../wechat/outcome/redact';

/** What a workflow gets to know where WeChat did not do what it was asked for. */
export type PlatformFailure = Pick<
	Failure,
	'kind' | 'message' | 'errcode' | 'errmsg' | 'category' | 'retryable' | 'hint'
>;

export function describePlatformFailure(failed: Failed, secrets: string[]): PlatformFailure {
	const errmsg = redact(failed.errmsg, secrets);
	const { category, retryable, hint } = failed.meaning;
	const message = composeSentence({ ...failed, errmsg });
	return { kind: 'failure', message, errcode: failed.errcode, errmsg, category, retryable, hint };
}

/** @param label what the editor calls the parameter */
export function explainUnreadable(label: string, error: unknown): Failed {
	const said = String((error as Partial<Error> | undefined)?.message ?? '').replace(/\.$/, '');
	return toFailed({
		...CONFIGURATION,
		what: `the expression in "${label}" failed${said && ` (${said})`}`,
		hint: `Correct the expression in "${label}". The parameter shows in red what is wrong with it.`,
	});
}

/** For what nobody has thought of. Its text may hold anything, so none of it is shown. */
export const UNEXPECTED: Failed = toFailed({
	...CONFIGURATION,
	category: 'unknown-error',
	what: 'this node met an error it does not know',
	hint: 'Look into the data of this item for unusual values. Read the customers with the operation Get Many Authorizations before you use an authorization code again.',
});

export const STOPPED: Failed = toFailed({
	...BUSY,
	what: 'the execution was stopped before this item',
	hint: 'Run the item again.',
});
