import type { WeChatRequest } from '../../../wechat/invoke/request';
import type { Target } from '../../../wechat/invoke/target';
import type { Failure } from '../../../wechat/outcome/failure';
import type { Success } from '../../../wechat/outcome/returnValue';
import type { Rules } from '../input/rules';
import type { Account } from './accounts';

/** One call, for one item or for a batch of them. */
export interface Invocation {
	kind: 'invocation';
	account: Account;
	target: Target;
	request: WeChatRequest;
	rules: Rules;
	delaySeconds?: number;
}

export interface Job {
	/** In the order of the input. */
	itemIndexes: number[];
	/** What is to be sent; an outcome where nothing is. */
	task: Invocation | Success | Failure;
}

/** What a call came to, for the items it was made for. */
export interface Answered {
	itemIndexes: number[];
	outcome: Success | Failure;
}
