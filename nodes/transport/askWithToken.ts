import type { Answer } from '../../wechat/answer/answer';
import type { Failed } from '../../wechat/answer/envelope';
import type { WeChatRequest } from '../../wechat/invoke/request';
import { callWithToken } from './callWithToken';
import { sendWithToken, type Context } from './send';
import type { TokenKeeper } from './tokenKeeper';

const TIMEOUT_MS = 10_000;

/**
 * Asks WeChat something that runs no function; once more with a new token if WeChat refuses the first.
 * @param build makes the request; some hold the token themselves
 */
export async function askWithToken<T extends { kind: string }>(
	context: Context,
	keeper: TokenKeeper,
	build: (token: string) => WeChatRequest,
	read: (answer: Answer) => T | Failed,
): Promise<T | Failed> {
	return await callWithToken(keeper, async (access) =>
		read(await sendWithToken(context, access, build(access.token.accessToken), TIMEOUT_MS)),
	);
}
