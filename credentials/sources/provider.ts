import { COMPONENT_TOKEN_REFUSED } from '../../wechat/codes/catalogue';
import { readTokenAnswer, type TokenGrant } from '../../wechat/tokens/tokenAnswer';
import {
	buildAuthorizerTokenRequest,
	buildComponentTokenRequest,
	type Component,
} from '../../wechat/tokens/tokenRequests';
import { findKeptToken, keepToken, type KeptToken } from '../keptToken';
import { fingerprint, text, toComponentSettings, type Source } from '../settings';
import { shareToken, takeNewest } from '../shareToken';
import { ask, grantNew, type TokenWish } from './wish';

/**
 * A service provider's own token.
 * @throws TokenError
 */
export async function requestComponentToken(
	component: Component,
	wish: TokenWish,
): Promise<TokenGrant> {
	const answer = await ask(wish, buildComponentTokenRequest(component), (read) =>
		readTokenAnswer(read, 'component_access_token'),
	);
	return grantNew(answer, wish);
}

type AuthorizerSource = Extract<Source, { kind: 'authorizer' }>;

/**
 * A customer's token, made with the service provider's own. That one is kept and used for the next
 * request; the refresh token that comes back is the one to use from then on.
 * @throws TokenError
 */
export async function requestAuthorizerToken(
	{ component, authorizer }: AuthorizerSource,
	wish: TokenWish,
): Promise<KeptToken> {
	const { key, kept } = wish;
	const refreshToken =
		kept.renewedFor === key ? text(kept, 'renewedRefreshToken') : authorizer.refreshToken;
	const askWith = async ({ accessToken }: KeptToken) => {
		wish.secrets.add(accessToken);
		const request = buildAuthorizerTokenRequest(component.componentAppId, accessToken, {
			...authorizer,
			refreshToken,
		});
		return await ask(wish, request, (answer) => readTokenAnswer(answer, 'authorizer_access_token'));
	};

	let own = await shareOwnToken(component, wish, '');
	let answer = await askWith(own);
	if (answer.kind === 'failed' && COMPONENT_TOKEN_REFUSED.has(answer.errcode ?? 0)) {
		own = await shareOwnToken(component, wish, own.accessToken);
		answer = await askWith(own);
	}
	const granted = grantNew(answer, wish);
	return {
		...keepToken(granted, key),
		componentAccessToken: own.accessToken,
		componentRenewAt: own.renewAt,
		componentValidFor: own.validFor,
		renewedRefreshToken: text(granted.fields, 'authorizer_refresh_token') || refreshToken,
		renewedFor: key,
	};
}

/**
 * The service provider's token: what n8n has kept beside the customer's, what this process got since, or a
 * new one, asked for once for all customers.
 */
async function shareOwnToken(
	component: Component,
	wish: TokenWish,
	refused: string,
): Promise<KeptToken> {
	const { mayRecall, kept } = wish;
	const settings = toComponentSettings(wish.settings, component);
	const key = fingerprint(settings);
	const stored = {
		accessToken: kept.componentAccessToken,
		renewAt: kept.componentRenewAt,
		validFor: kept.componentValidFor,
	};
	const recalled = mayRecall ? findKeptToken(takeNewest(key, stored), key) : undefined;
	if (recalled !== undefined && recalled.accessToken !== refused) return recalled;
	return await shareToken({
		key,
		ticket: component.ticket,
		refused,
		mayRecall,
		request: async () =>
			keepToken(await requestComponentToken(component, { ...wish, settings, key, refused }), key),
	});
}
