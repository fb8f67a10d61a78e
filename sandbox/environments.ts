import { findApp, findAppOfEnvironment } from './apps';
import { COMPONENTS } from './components';
import type { TokenHolder } from './tokenStore';

/** Why a token may not use cloud development at all. */
export function refuseAccount({ kind, appId }: TokenHolder): 85088 | undefined {
	const opened = kind === 'component' || findApp(appId)?.cloudDevelopment;
	return opened ? undefined : 85088;
}

/** Why a token may not use an environment; 48001: its kind is wrong, whoever it belongs to. */
export function refuseEnvironment(
	environment: string,
	{ kind, appId }: TokenHolder,
): -501000 | 48001 | -501005 | undefined {
	const component = COMPONENTS.find(({ environments }) => environments.includes(environment));
	const owner = component ?? findAppOfEnvironment(environment);
	if (!owner) return -501000;
	if ((kind === 'component') !== (component !== undefined)) return 48001;
	return owner.appId === appId ? undefined : -501005;
}
