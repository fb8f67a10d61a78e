import type { INodeProperties } from 'n8n-workflow';
import type { TokenGrant } from '../wechat/tokens/tokenAnswer';
import type { StoredCredential } from './settings';

/**
 * A token is renewed this long before its end. It must be less than the 5 minutes in which
 * stable_token hands out the next token: asked earlier, it would return the old one.
 */
const RENEWAL_MARGIN_SECONDS = 270;

/** The token in use, and for how long and which settings it is good. */
export interface KeptToken extends Record<string, string | number> {
	accessToken: string;
	/** ms since 1970 */
	renewAt: number;
	/** The fingerprint of the settings. */
	validFor: string;
}

/** The credential's hidden fields, in which n8n keeps the token between executions. */
export const keptFields: INodeProperties[] = [
	{
		displayName: 'Access Token in Use',
		name: 'accessToken',
		type: 'hidden',
		typeOptions: { expirable: true, password: true },
		default: '',
	},
	{ displayName: 'Renew At', name: 'renewAt', type: 'hidden', default: '' },
	{ displayName: 'Valid For', name: 'validFor', type: 'hidden', default: '' },
	{
		displayName: 'Component Access Token in Use',
		name: 'componentAccessToken',
		type: 'hidden',
		typeOptions: { password: true },
		default: '',
	},
	{ displayName: 'Component Renew At', name: 'componentRenewAt', type: 'hidden', default: '' },
	{ displayName: 'Component Valid For', name: 'componentValidFor', type: 'hidden', default: '' },
	{
		displayName: 'Renewed Refresh Token',
		name: 'renewedRefreshToken',
		type: 'hidden',
		typeOptions: { password: true },
		default: '',
	},
	{ displayName: 'Renewed For', name: 'renewedFor', type: 'hidden', default: '' },
];

export function keepToken(
	{ token, lifetimeSeconds }: Pick<TokenGrant, 'token' | 'lifetimeSeconds'>,
	validFor: string,
	now = Date.now(),
): KeptToken {
	// A token that is handed out close to its end is still used for half of what is left.
	const goodForSeconds = Math.max(lifetimeSeconds - RENEWAL_MARGIN_SECONDS, lifetimeSeconds / 2);
	return { accessToken: token, renewAt: now + goodForSeconds * 1000, validFor };
}

/** The token among the hidden fields, if it is good for these settings and not due for renewal. */
export function findKeptToken(
	{ accessToken, renewAt, validFor }: StoredCredential,
	wantedFor: string,
	now = Date.now(),
): KeptToken | undefined {
	if (typeof accessToken !== 'string' || accessToken === '') return undefined;
	if (validFor !== wantedFor || typeof renewAt !== 'number' || renewAt <= now) return undefined;
	return { accessToken, renewAt, validFor };
}
