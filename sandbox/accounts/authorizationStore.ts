import { COMPONENTS, type Authorizer } from './components';
import { createBoundedMap } from '../http/bounded';
import { createRandomHex } from '../http/ids';

const CODE_LIFETIME_SECONDS = 3600;

/** A mini program that has authorized a component, and the refresh token that is in force for it. */
export interface Authorization extends Authorizer {
	/** In seconds since 1970. */
	authorizedAt: number;
}

/** What WeChat pushes to the component for it to exchange, once. */
export interface AuthorizationCode {
	value: string;
	/** In seconds since 1970. */
	expiresAt: number;
}

export type AuthorizationStore = ReturnType<typeof createAuthorizationStore>;

/** Who has authorized which component. It starts with those of `components.ts`. */
export function createAuthorizationStore(now: () => number) {
	const startedAt = toSeconds(now());
	const held = new Map<string, Map<string, Authorization>>();
	const codes = createBoundedMap<{ componentAppId: string; appId: string; expiresAt: number }>();
	for (const { appId, authorizers } of COMPONENTS) {
		const entries = authorizers.map((one) => ({ ...one, authorizedAt: startedAt }));
		held.set(appId, new Map(entries.map((one) => [one.appId, one])));
	}

	function of(componentAppId: string): Map<string, Authorization> {
		const authorizations = held.get(componentAppId);
		if (!authorizations) throw new Error(`There is no component ${componentAppId} here.`);
		return authorizations;
	}

	function find(componentAppId: string, appId: string): Authorization | undefined {
		return of(componentAppId).get(appId);
	}

	/** In the order in which they have authorized. */
	function list(componentAppId: string): Authorization[] {
		return [...of(componentAppId).values()];
	}

	/** Authorizing again gives another refresh token and ends the one before. */
	function authorize(componentAppId: string, appId: string): AuthorizationCode {
		const changesRefreshToken = find(componentAppId, appId)?.changesRefreshToken ?? false;
		const authorizedAt = toSeconds(now());
		const refreshToken = createRefreshToken();
		of(componentAppId).set(appId, { appId, refreshToken, changesRefreshToken, authorizedAt });
		const value = `queryauthcode@@@sandbox-dummy-${createRandomHex(32)}`;
		const expiresAt = authorizedAt + CODE_LIFETIME_SECONDS;
		codes.set(value, { componentAppId, appId, expiresAt });
		return { value, expiresAt };
	}

	/** From now on the component gets no token for it: 61003. */
	function cancel(componentAppId: string, appId: string): void {
		of(componentAppId).delete(appId);
	}

	/** The authorization that a code stands for, once. */
	function takeCode(componentAppId: string, value: unknown): Authorization | undefined {
		const code = codes.get(String(value));
		if (code?.componentAppId !== componentAppId) return undefined;
		codes.delete(String(value));
		return toSeconds(now()) < code.expiresAt ? find(componentAppId, code.appId) : undefined;
	}

	/** The refresh token to use next, or `undefined` when the given one is not in force. */
	function exchange(authorization: Authorization, given: unknown): string | undefined {
		if (given !== authorization.refreshToken) return undefined;
		if (authorization.changesRefreshToken) authorization.refreshToken = createRefreshToken();
		return authorization.refreshToken;
	}

	return { find, list, authorize, cancel, takeCode, exchange };
}

function createRefreshToken(): string {
	return `sandbox-refresh-${createRandomHex(32)}`;
}

function toSeconds(ms: number): number {
	return Math.floor(ms / 1000);
}
