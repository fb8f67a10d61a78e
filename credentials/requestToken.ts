import { keepToken, type KeptToken } from './keptToken';
import { fingerprint, type Source } from './settings';
import { requestAppToken } from './sources/app';
import { requestAuthorizerToken } from './sources/authorizer';
import { requestComponentToken } from './sources/component';
import { requestFromServer } from './sources/tokenServer';
import type { TokenWish } from './sources/wish';

/** @throws TokenError */
export async function requestToken(
	source: Exclude<Source, { kind: 'fixed' }>,
	wish: TokenWish,
): Promise<KeptToken> {
	const validFor = fingerprint(wish.settings);
	switch (source.kind) {
		case 'app':
			return keepToken(await requestAppToken(source.app, wish), validFor);
		case 'component':
			return keepToken(await requestComponentToken(source.component, wish), validFor);
		case 'authorizer':
			return await requestAuthorizerToken(source, wish);
		case 'tokenServer':
			return keepToken(await requestFromServer(source.server, wish), validFor);
	}
}
