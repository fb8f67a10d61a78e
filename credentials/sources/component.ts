import { readTokenAnswer, type TokenGrant } from '../../wechat/tokens/tokenAnswer';
import { buildComponentTokenRequest, type Component } from '../../wechat/tokens/tokenRequests';
import { grantNew, type TokenWish } from './wish';

/** A service provider's own token. */
export async function requestComponentToken(
	component: Component,
	wish: TokenWish,
): Promise<TokenGrant> {
	const answer = await wish.send(buildComponentTokenRequest(component));
	return grantNew(readTokenAnswer(answer, 'component_access_token'), wish);
}
