import type { Meaning } from '../../wechat/outcome/codes';
import { readTokenAnswer, toFailed, type TokenGrant } from '../../wechat/tokens/tokenAnswer';
import { buildStableTokenRequest, type App } from '../../wechat/tokens/tokenRequests';
import { fingerprint } from '../settings';
import { claimForcedRefresh } from './forcedRefresh';
import { grant, type TokenWish } from './wish';

/** A mini program's own token. */
export async function requestAppToken(app: App, wish: TokenWish): Promise<TokenGrant> {
	const ask = async (force: boolean) => {
		const answer = await wish.send(buildStableTokenRequest(app, force));
		return grant(readTokenAnswer(answer, 'access_token'), wish);
	};
	const granted = await ask(false);
	if (granted.token !== wish.refused) return granted;
	// WeChat hands out the very token it refuses: only a forced refresh ends that.
	const waitMs = claimForcedRefresh(fingerprint(wish.settings));
	if (waitMs > 0) throw wish.refuse({ ...toFailed(FORCED_LATELY), retryAfterMs: waitMs });
	return await ask(true);
}

const FORCED_LATELY: Meaning = {
	category: 'temporarily-unavailable',
	retryable: true,
	ran: 'no',
	what: 'WeChat refuses its newest token, and a new one can be forced only every 30 seconds',
	hint: 'Run the item again in half a minute. If this goes on, another service keeps replacing the token of this app.',
};
