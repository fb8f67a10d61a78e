import type { Category } from '../../wechat/outcome/codes';
import { composeSentence } from '../../wechat/outcome/failure';
import type { Failed } from '../../wechat/outcome/outcome';
import { redact } from '../../wechat/outcome/redact';

/** What a workflow gets to know where WeChat did not do what it was asked for. */
export interface PlatformFailure {
	/** One plain sentence: what happened. */
	message: string;
	/** null when WeChat gave none. */
	errcode: number | null;
	/** WeChat's own text, secrets removed. */
	errmsg: string;
	category: Category;
	/** The same request can succeed later with nothing changed. */
	retryable: boolean;
	/** What to do now. */
	hint: string;
}

export function describePlatformFailure(failed: Failed, secrets: string[]): PlatformFailure {
	const errmsg = redact(failed.errmsg, secrets);
	const { category, retryable, hint } = failed.meaning;
	const message = composeSentence({ ...failed, errmsg });
	return { message, errcode: failed.errcode, errmsg, category, retryable, hint };
}
