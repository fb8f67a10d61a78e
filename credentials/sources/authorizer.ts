import { TOKEN_REFUSED } from '../../wechat/outcome/codes';
import { readTokenAnswer } from '../../wechat/tokens/tokenAnswer';
import { buildAuthorizerTokenRequest, type Authorizer } from '../../wechat/tokens/tokenRequests';
import { findKeptToken, keepToken, type KeptToken } from '../keptToken';
import { fingerprint, text, toComponentSettings, type Source } from '../settings';
import { shareToken, takeNewest } from '../shareToken';
import { requestComponentToken } from './component';
import { grantNew, type TokenWish } from './wish';

type AuthorizerSource = Extract<Source, { kind: 'authorizer' }>;

/**
 * A customer's token, made with the service provider's own. That one is kept and used for the next
 * request; the refresh token that comes back is the one to use from then on.
 */
export async function requestAuthorizerToken(
	{ component, authorizer }: AuthorizerSource,
	wish: TokenWish,
): Promise<KeptToken> {
	const validFor = fingerprint(wish.settings);
	const refreshToken =
		wish.kept.renewedFor === validFor
			? text(wish.kept, 'renewedRefreshToken')
			: authorizer.refreshToken;
	const componentSettings = toComponentSettings(wish.settings, component);
	const componentKey = fingerprint(componentSettings);

	const shareComponentToken = async (refused: string) =>
		await shareToken(
			componentKey,
			refused,
			async () => {
				const ownWish = { ...wish, settings: componentSettings, refused };
				return keepToken(await requestComponentToken(component, ownWish), componentKey);
			},
			true,
		);
	const ask = async ({ accessToken }: KeptToken, current: Authorizer) =>
		readTokenAnswer(
			await wish.send(buildAuthorizerTokenRequest(component.componentAppId, accessToken, current)),
			'authorizer_access_token',
		);

	const current = { ...authorizer, refreshToken };
	let own = recallComponentToken(wish, componentKey) ?? (await shareComponentToken(''));
	let answer = await ask(own, current);
	if (answer.kind === 'failed' && TOKEN_REFUSED.has(answer.errcode ?? 0)) {
		own = await shareComponentToken(own.accessToken);
		answer = await ask(own, current);
	}
	const granted = grantNew(answer, wish);
	const renewed = granted.fields.authorizer_refresh_token;
	return {
		...keepToken(granted, validFor),
		componentAccessToken: own.accessToken,
		componentRenewAt: own.renewAt,
		componentValidFor: own.validFor,
		renewedRefreshToken: typeof renewed === 'string' && renewed !== '' ? renewed : refreshToken,
		renewedFor: validFor,
	};
}

/** The service provider's token: what n8n has kept beside the customer's, or what this process got since. */
function recallComponentToken({ kept }: TokenWish, validFor: string): KeptToken | undefined {
	const newest = takeNewest(validFor, {
		accessToken: kept.componentAccessToken,
		renewAt: kept.componentRenewAt,
		validFor: kept.componentValidFor,
	});
	const accessToken = findKeptToken(newest, validFor);
	if (accessToken === undefined) return undefined;
	return { accessToken, renewAt: Number(newest.renewAt), validFor };
}
