import { expectErrcode } from '../expectations';
import { findApp, findAppOfEnvironment } from './apps';
import { COMPONENTS, findComponent } from './components';
import type { TokenHolder } from '../tokens/tokenStore';

/** Why a token may not use cloud development at all. */
export function refuseAccount({ kind, appId }: TokenHolder): 85088 | undefined {
	const opened = kind === 'component' || findApp(appId)?.cloudDevelopment;
	return opened ? undefined : 85088;
}

/** What the list of environments says of those that have more to say than their ID. */
const DESCRIPTIONS: Readonly<Record<string, { alias?: string; status?: string }>> = {
	'shop-demo': { alias: 'Shop' },
	'shop-old': { alias: 'Old shop', status: 'UNAVAILABLE' },
	'provider-demo': { alias: 'Provider' },
};
const USABLE = 'NORMAL';

/** The environments of an account, as WeChat lists them. */
export function listEnvironments(ownerId: string) {
	const owner = findApp(ownerId) ?? findComponent(ownerId);
	return (owner?.environments ?? []).map((env) => {
		const { alias = env, status = USABLE } = DESCRIPTIONS[env] ?? {};
		return { env, alias, status, package_name: 'Free' };
	});
}

/** Why a token may not use an environment; 48001: its kind is wrong, whoever it belongs to. */
export function refuseEnvironment(
	environment: string,
	{ kind, appId }: TokenHolder,
): number | undefined {
	const component = COMPONENTS.find(({ environments }) => environments.includes(environment));
	const owner = component ?? findAppOfEnvironment(environment);
	if (!owner) return expectErrcode('wrongEnvironment');
	if ((kind === 'component') !== (component !== undefined)) return 48001;
	if (owner.appId !== appId) return -501005;
	return (DESCRIPTIONS[environment]?.status ?? USABLE) === USABLE ? undefined : -501009;
}
