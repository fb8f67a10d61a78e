import { TOKEN_REFUSED } from '../../wechat/outcome/codes';
import { readTokenAnswer, type TokenGrant } from '../../wechat/tokens/tokenAnswer';
import {
	buildAuthorizerTokenRequest,
	buildComponentTokenRequest,
	type Component,
} from '../../wechat/tokens/tokenRequests';
import { findKeptToken, keepToken, type KeptToken } from '../keptToken';
import { fingerprint, text, toComponentSettings, type Source } from '../settings';
import { shareToken, takeNewest } from '../shareToken';
import { grantNew, type TokenWish } from './wish';

/** A service provider's own token. */
export async function requestComponentToken(
	component: Component,
	wish: TokenWish,
): Promise<TokenGrant> {
	const answer = await wish.send(buildComponentTokenRequest(component));
	return grantNew(readTokenAnswer(answer, 'component_access_token'), wish);
}

type AuthorizerSource = Extract<Source, { kind: 'authorizer' }>;

/**
 * A customer's token, made with the service provider's own. That one is kept and used for the next
 * request; the refresh token that comes back is the one to use from then on.
 */
export async function requestAuthorizerToken(
	{ component, authorizer }: AuthorizerSource,
	wish: TokenWish,
): Promise<KeptToken> {
	const { key, kept, settings } = wish;
	const refreshToken =
		kept.renewedFor === key ? text(kept, 'renewedRefreshToken') : authorizer.refreshToken;
	const ask = async ({ accessToken }: KeptToken) =>
		readTokenAnswer(
			await wish.send(
				buildAuthorizerTokenRequest(component.componentAppId, accessToken, {
					...authorizer,
					refreshToken,
				}),
			),
			'authorizer_access_token',
		);

	const ownKey = fingerprint(toComponentSettings(settings, component));
	const recalled = wish.mayRecall ? recallComponentToken(kept, ownKey) : undefined;
	let own = recalled ?? (await shareOwn(component, wish, ownKey, ''));
	let answer = await ask(own);
	if (answer.kind === 'failed' && TOKEN_REFUSED.has(answer.errcode ?? 0)) {
		own = await shareOwn(component, wish, ownKey, own.accessToken);
		answer = await ask(own);
	}
	const granted = grantNew(answer, wish);
	const renewed = granted.fields.authorizer_refresh_token;
	return {
		...keepToken(granted, key),
		componentAccessToken: own.accessToken,
		componentRenewAt: own.renewAt,
		componentValidFor: own.validFor,
		renewedRefreshToken: typeof renewed === 'string' && renewed !== '' ? renewed : refreshToken,
		renewedFor: key,
	};
}

/** The service provider's token, asked for once for all its customers. */
async function shareOwn(
	component: Component,
	wish: TokenWish,
	key: string,
	refused: string,
): Promise<KeptToken> {
	const request = async () =>
		keepToken(await requestComponentToken(component, { ...wish, key, refused }), key);
	return await shareToken(key, refused, request, wish.mayRecall);
}

/** The service provider's token: what n8n has kept beside the customer's, or what this process got since. */
function recallComponentToken(kept: TokenWish['kept'], key: string): KeptToken | undefined {
	const stored = {
		accessToken: kept.componentAccessToken,
		renewAt: kept.componentRenewAt,
		validFor: kept.componentValidFor,
	};
	return findKeptToken(takeNewest(key, stored), key);
}
