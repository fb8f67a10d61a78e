import type { Request } from 'express';
import { refuse, succeed, type Answer, type Reply } from '../http/answers';
import { APPS, findApp } from '../accounts/apps';
import { LOGIN_PAGE } from '../faults/faultAnswers';
import type { Token, TokenStore } from './tokenStore';
import type { Handler } from '../http/web';

const AUTHORIZATION = 'Bearer sandbox-dummy-server-key';

/**
 * A company's own server that shares one token among its services. It asks /cgi-bin/token, so to speak:
 * its tokens and those of stable_token don't touch each other.
 */
export function createTokenServer(tokens: TokenStore): Readonly<Record<string, Handler>> {
	const held = new Map<string, Token>();

	/** The same token as long as WeChat accepts it. */
	function obtain(appId: string): Token {
		const token = held.get(appId);
		if (token && tokens.check(token.value).kind !== 'refused') return token;
		const fresh = tokens.create({ kind: 'access', appId });
		held.set(appId, fresh);
		return fresh;
	}

	function handOut(write: (token: string, expires_in: number) => object): Handler {
		return guard((request) => {
			const app = findApp(request.query.app ?? APPS[0].appId);
			if (!app) return { answer: refuse(404, 'unknown app') };
			const token = obtain(app.appId);
			const body = write(token.value, tokens.countSecondsLeft(token));
			return { appId: app.appId, answer: succeed(body) };
		});
	}

	return {
		'/token-server/token': handOut((token, expires_in) => ({ access_token: token, expires_in })),
		'/token-server/nested': handOut((token, expires_in) => ({ data: { token, expires_in } })),
		'/token-server/html': answerAlways(LOGIN_PAGE),
		'/token-server/empty': answerAlways(succeed({})),
		'/token-server/broken': answerAlways(refuse(500, 'internal error')),
		'/token-server/hang': answerAlways({ kind: 'silence' }),
	};
}

function answerAlways(answer: Answer): Handler {
	return guard(() => ({ answer }));
}

function guard(handle: (request: Request) => Reply): Handler {
	return (request) => {
		if (request.method !== 'GET') return { answer: refuse(405, 'only GET') };
		if (request.headers.authorization !== AUTHORIZATION) {
			return { answer: refuse(401, 'unauthorized') };
		}
		return handle(request);
	};
}
