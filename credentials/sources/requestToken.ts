import type { Answer } from '../../wechat/answer/answer';
import { readTokenServerAnswer } from '../../wechat/tokens/tokenServerAnswer';
import { keepToken, type KeptToken } from '../keptToken';
import type { Source } from '../settings';
import { requestAppToken } from './app';
import { requestAuthorizerToken, requestComponentToken } from './provider';
import { ask, grantNew, type TokenWish } from './wish';

/** @throws TokenError */
export async function requestToken(
	source: Exclude<Source, { kind: 'fixed' }>,
	wish: TokenWish,
): Promise<KeptToken> {
	switch (source.kind) {
		case 'app':
			return keepToken(await requestAppToken(source.app, wish), wish.key);
		case 'component':
			return keepToken(await requestComponentToken(source.component, wish), wish.key);
		case 'authorizer':
			return await requestAuthorizerToken(source, wish);
		case 'tokenServer': {
			const { url, authorization, field } = source.server;
			const request = { method: 'GET', path: '', query: {}, authorization } as const;
			const read = (answer: Answer) => readTokenServerAnswer(answer, field);
			return keepToken(grantNew(await ask(wish, request, read, url), wish), wish.key);
		}
	}
}
