import type { TokenGrant } from '../../wechat/tokens/tokenAnswer';
import { readTokenServerAnswer } from '../../wechat/tokens/tokenServerAnswer';
import type { TokenServer } from '../settings';
import { grantNew, type TokenWish } from './wish';

/** The token that a company's own token server keeps. */
export async function requestFromServer(
	{ url, authorization, field }: TokenServer,
	wish: TokenWish,
): Promise<TokenGrant> {
	const answer = await wish.send({ method: 'GET', path: '', query: {}, authorization }, url);
	return grantNew(readTokenServerAnswer(answer, field), wish);
}
