import type { ILoadOptionsFunctions, NodeApiError } from 'n8n-workflow';
import { readSettings } from '../../../credentials/settings';
import type { Answer } from '../../../wechat/answer/answer';
import { composeSentence } from '../../../wechat/outcome/failure';
import type { ListAsker } from '../../../wechat/lists/listRequests';
import { isFailed, type Failed } from '../../../wechat/answer/envelope';
import { redact } from '../../../wechat/outcome/redact';
import type { WeChatRequest } from '../../../wechat/invoke/request';
import { buildNodeError } from '../../nodeError';
import { askWithToken } from '../../transport/askWithToken';
import { readCredential } from '../../transport/send';
import { openTokenKeeper } from '../../transport/tokenKeeper';

/** No item is under way in the editor; the credential's expressions see none. */
const NO_ITEM = 0;

export interface Lists {
	asker: ListAsker;
	/** @throws NodeApiError, which the editor shows in place of the list */
	ask<T extends { kind: string }>(
		request: WeChatRequest,
		read: (answer: Answer) => T | Failed,
	): Promise<T>;
}

/**
 * What the editor needs to fill a list: WeChat, asked with the token of the chosen credential.
 * @param instead what the user can do without the list, as a whole sentence
 */
export async function openLists(context: ILoadOptionsFunctions, instead: string): Promise<Lists> {
	const credential = await readCredential(context, NO_ITEM);
	const keeper = openTokenKeeper(context, NO_ITEM, credential);
	const isComponent =
		credential.kind === 'read' && readSettings(credential.stored).mode === 'componentAccessToken';
	return {
		asker: isComponent ? 'component' : 'miniProgram',
		async ask<T extends { kind: string }>(
			request: WeChatRequest,
			read: (answer: Answer) => T | Failed,
		): Promise<T> {
			const outcome = await askWithToken(context, keeper, () => request, read);
			if (!isFailed(outcome)) return outcome;
			const errmsg = redact(outcome.errmsg, keeper.listSecrets());
			throw buildError(context, { ...outcome, errmsg }, instead);
		},
	};
}

/** The editor drops the hyphens of a message, so WeChat's code stands where it puts an HTTP code before it. */
function buildError(context: ILoadOptionsFunctions, failed: Failed, instead: string): NodeApiError {
	const { errcode, errmsg, meaning } = failed;
	return buildNodeError(context.getNode(), {
		message: composeSentence(failed),
		description: canDoWithout(failed) ? `${meaning.hint} ${instead}` : meaning.hint,
		errcode,
		errmsg,
		category: meaning.category,
	});
}

/** The account may not read lists; it may run functions all the same. */
const MAY_NOT_READ = new Set<number | null>([48001, 61007]);
/** Cloud development is not opened: no environment and no function is there to be named. */
const NOT_OPENED = new Set<number | null>([85088, -601034]);

/** Whether a name that is typed in can work where the list does not. */
function canDoWithout({ errcode, meaning }: Failed): boolean {
	if (MAY_NOT_READ.has(errcode)) return true;
	return meaning.category !== 'credential-invalid' && !NOT_OPENED.has(errcode);
}

/** Whether a text holds what was typed into the search, in capital letters or not. */
export function holds(text: string, filter: string): boolean {
	return text.toLowerCase().includes(filter.trim().toLowerCase());
}

export function compareByName(a: string, b: string): number {
	return a.localeCompare(b, 'en', { sensitivity: 'base', numeric: true });
}
