import type { Source } from './settings';

/** What to do when WeChat refuses a token, and for all but the fixed one: a new one as well. */
export const REFUSED_HINT: Readonly<Record<Source['kind'], string>> = {
	fixed:
		'Paste a new token into the credential: a fixed token ends after two hours at most. With the token source "From WeChat" the credential keeps its token fresh by itself.',
	app: 'WeChat refused a new token as well. Check that the App ID and the API host in the credential belong together.',
	component:
		"WeChat refused a new token as well. Check the service provider's settings and the API host in the credential.",
	authorizer:
		'WeChat refused a new token as well. Check that the customer still authorizes the service provider.',
	tokenServer:
		'The token server hands out a token that WeChat refuses. Check that it serves this account and renews its token in time.',
};
