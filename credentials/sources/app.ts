import type { Answer } from '../../wechat/answer/answer';
import { BUSY, type Meaning } from '../../wechat/codes/kinds';
import { toFailed, type Failed } from '../../wechat/answer/envelope';
import { readTokenAnswer, type TokenGrant } from '../../wechat/tokens/tokenAnswer';
import { buildStableTokenRequest, type App } from '../../wechat/tokens/tokenRequests';
import { ask, type TokenWish } from './wish';

/**
 * A mini program's own token.
 * @throws TokenError
 */
export async function requestAppToken(app: App, wish: TokenWish): Promise<TokenGrant> {
	const read = (answer: Answer) => readTokenAnswer(answer, 'access_token');
	let answer = await ask(wish, buildStableTokenRequest(app, false), read);
	if (isRefused(answer, wish)) {
		// WeChat hands out the very token it refuses: only a forced refresh ends that.
		const waitMs = claimForcedRefresh(wish.key);
		if (waitMs > 0) throw wish.refuse({ ...toFailed(FORCED_LATELY), retryAfterMs: waitMs });
		answer = read(await wish.send(buildStableTokenRequest(app, true)));
	}
	if (answer.kind === 'failed') throw wish.refuse(answer);
	// Within 30 s of another process's forced refresh, WeChat refreshes nothing.
	if (isRefused(answer, wish)) throw wish.refuse(toFailed(FORCED_LATELY));
	return answer;
}

function isRefused(answer: TokenGrant | Failed, { refused }: TokenWish): boolean {
	return answer.kind === 'granted' && answer.token === refused;
}

const FORCED_LATELY: Meaning = {
	...BUSY,
	what: 'WeChat refuses its newest token, and a new one can be forced only every 30 seconds',
	hint: 'Run the item again in half a minute. If this goes on, another service keeps replacing the token of this app.',
};

/** WeChat's rule for force_refresh: at least 30 s apart (and 20 times a day). */
const FORCED_INTERVAL_MS = 30_000;

/** When each app's token was forced, the oldest first: in ms of a clock that nobody sets. */
const forcedAt = new Map<string, number>();

/**
 * Claims the right to force stable_token.
 * @returns 0 if it may be forced now, else how many ms later
 */
function claimForcedRefresh(key: string): number {
	const now = performance.now();
	for (const [forced, at] of forcedAt) {
		if (at + FORCED_INTERVAL_MS > now) break;
		forcedAt.delete(forced);
	}
	const last = forcedAt.get(key);
	if (last !== undefined) return last + FORCED_INTERVAL_MS - now;
	forcedAt.set(key, now);
	return 0;
}
