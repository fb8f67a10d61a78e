import type { Request } from 'express';
import { succeed, type Reply } from '../http/answers';
import { createRandomHex } from '../http/ids';
import type { TokenStore } from '../tokens/tokenStore';
import { answerComponent } from './componentRequest';

const LIFETIME_SECONDS = 1800;

/** POST /cgi-bin/component/api_create_preauthcode: what the page on which a customer authorizes is opened with. */
export function answerPreAuthCode(request: Request, tokens: TokenStore): Reply {
	return answerComponent(request, tokens, (appId) => {
		const body = { pre_auth_code: createPreAuthCode(), expires_in: LIFETIME_SECONDS };
		return { appId, answer: succeed(body) };
	});
}

export function createPreAuthCode(): string {
	return `preauthcode@@@sandbox-dummy-${createRandomHex(16)}`;
}
