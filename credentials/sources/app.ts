import type { Meaning } from '../../wechat/outcome/codes';
import { readTokenAnswer, toFailed, type TokenGrant } from '../../wechat/tokens/tokenAnswer';
import { buildStableTokenRequest, type App } from '../../wechat/tokens/tokenRequests';
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
	const waitMs = claimForcedRefresh(wish.key);
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

/** WeChat's rule for force_refresh: at least 30 s apart (and 20 times a day). */
const FORCED_INTERVAL_MS = 30_000;

/** When each app's token was forced. */
const forcedAt = new Map<string, number>();

/**
 * Claims the right to force stable_token.
 * @returns 0 if it may be forced now, else how many ms later
 */
function claimForcedRefresh(key: string): number {
	const now = Date.now();
	const waitMs = (forcedAt.get(key) ?? -Infinity) + FORCED_INTERVAL_MS - now;
	if (waitMs > 0) return waitMs;
	forcedAt.set(key, now);
	return 0;
}
