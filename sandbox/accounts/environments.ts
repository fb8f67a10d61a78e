import { expectErrcode } from '../expectErrcode';
import type { Limits } from '../faults/limits';
import type { TokenHolder } from '../tokens/tokenStore';
import { findApp, findAppOfEnvironment, type App } from './apps';
import { COMPONENTS, findComponent, type Component } from './components';

/** What the list of environments says of those that have more to say than their ID. */
const DESCRIPTIONS: Readonly<Record<string, { alias?: string; status?: string }>> = {
	'shop-demo': { alias: 'Shop' },
	'shop-old': { alias: 'Old shop', status: 'UNAVAILABLE' },
	'provider-demo': { alias: 'Provider' },
	'busy-demo': { alias: 'Busy' },
};
const USABLE = 'NORMAL';

/** What environments take at the start; the others take as much as comes. */
export const LIMITS: Readonly<Record<string, Limits>> = {
	'busy-demo': { atOnce: 3, calls: 100, windowMs: 10_000, requestBytes: 102_400, callMs: 100 },
};

/** Why a token may not use cloud development at all. */
export function refuseAccount({ kind, appId }: TokenHolder): 85088 | undefined {
	const opened = kind === 'component' || findApp(appId)?.cloudDevelopment;
	return opened ? undefined : 85088;
}

/** The environments of an account, as WeChat lists them. */
export function listEnvironments(ownerId: string) {
	const owner = findApp(ownerId) ?? findComponent(ownerId);
	return (owner?.environments ?? []).map((env) => {
		const { alias = env, status = USABLE } = DESCRIPTIONS[env] ?? {};
		return { env, alias, status, package_name: 'Free' };
	});
}

/** Whose environment it is: a mini program's, or a service provider's own. */
export function findOwner(environment: string): App | Component | undefined {
	return findComponentOf(environment) ?? findAppOfEnvironment(environment);
}

function findComponentOf(environment: string): Component | undefined {
	return COMPONENTS.find(({ environments }) => environments.includes(environment));
}

/** Why a token may not use an environment; 48001: its kind is wrong, whoever it belongs to. */
export function refuseEnvironment(
	environment: string,
	{ kind, appId }: TokenHolder,
): number | undefined {
	const owner = findOwner(environment);
	if (!owner) return expectErrcode('wrongEnvironment');
	if ((kind === 'component') !== (findComponentOf(environment) !== undefined)) return 48001;
	if (owner.appId !== appId) return -501005;
	return (DESCRIPTIONS[environment]?.status ?? USABLE) === USABLE ? undefined : -501009;
}
