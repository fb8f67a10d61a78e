import { createBoundedMap } from '../http/bounded';
import { createRandomHex } from '../http/ids';

/** Which of WeChat's tokens it is: access_token, authorizer_access_token or component_access_token. */
export type TokenKind = 'access' | 'authorizer' | 'component';

/** Whom a token acts for. An authorizer's token acts for the authorizer. */
export interface TokenHolder {
	kind: TokenKind;
	appId: string;
}

export interface Token extends TokenHolder {
	value: string;
	expiresAt: number;
	refused: boolean;
}

export interface TokenRefusal {
	kind: 'refused';
	errcode: 40001 | 40014 | 41001 | 42001;
}

export type TokenStore = ReturnType<typeof createTokenStore>;

const refuse = (errcode: TokenRefusal['errcode']): TokenRefusal => ({ kind: 'refused', errcode });

/** Every token that was given out, and what it is still good for, without HTTP. */
export function createTokenStore(lifetimeSeconds: number, now: () => number) {
	const tokens = createBoundedMap<Token>();
	let invocationsLeft = Infinity;

	function create({ kind, appId }: TokenHolder): Token {
		const value = `sandbox-token-${createRandomHex(64)}`;
		const expiresAt = now() + lifetimeSeconds * 1000;
		const token = { value, kind, appId, expiresAt, refused: false };
		tokens.set(value, token);
		return token;
	}

	/** Rounded up: a token made a moment ago has its full time. */
	function countSecondsLeft(token: Token): number {
		return Math.ceil((token.expiresAt - now()) / 1000);
	}

	function check(value: unknown): TokenHolder | TokenRefusal {
		if (typeof value !== 'string' || value === '') return refuse(41001);
		const token = tokens.get(value);
		if (!token) return refuse(40014);
		if (token.refused) return refuse(40001);
		if (now() >= token.expiresAt) return refuse(42001);
		return { kind: token.kind, appId: token.appId };
	}

	/** The check of an invocation: one that is accepted counts for `expireAfter`. */
	function checkInvocation(value: unknown): TokenHolder | TokenRefusal {
		const result = check(value);
		if (result.kind === 'refused') return result;
		invocationsLeft -= 1;
		if (invocationsLeft > 0) return result;
		invocationsLeft = Infinity;
		expire(String(value));
		return check(value);
	}

	function find(value: string): Token {
		const token = tokens.get(value);
		if (!token) throw new Error('The sandbox has not given out this token.');
		return token;
	}

	function end(token: Token): void {
		token.expiresAt = Math.min(token.expiresAt, now());
	}

	/** Ends a token before its time. */
	function expire(value: string): void {
		end(find(value));
	}

	function expireAll(): void {
		for (const token of tokens.values()) end(token);
	}

	/** Ends the token that the count-th invocation from now on comes with; that one is refused already. */
	function expireAfter(count: number): void {
		if (!Number.isInteger(count) || count < 1) throw new Error('The count starts at 1.');
		invocationsLeft = count;
	}

	/** Refuses a token as not the latest, unknown to whoever hands it out: to them it is as good as before. */
	function revoke(value: string): void {
		find(value).refused = true;
	}

	return {
		create,
		countSecondsLeft,
		check,
		checkInvocation,
		expire,
		expireAll,
		expireAfter,
		revoke,
		listAll: tokens.keys,
	};
}
