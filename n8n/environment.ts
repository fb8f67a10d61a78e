/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import path from 'node:path';
import type { N8nInstallation } from './install/install';
import { chooseVersion } from './versions';

/**
 * All that n8n may see of the caller's environment. Not the rest: a caller's N8N_* or DB_* settings, NODE_ENV=test or
 * a proxy would make it another n8n than users have.
 */
const PASSED_ON = ['HOME', 'LANG', 'LC_ALL', 'SHELL', 'TERM', 'TMPDIR', 'TZ', 'USER'];

/** Keeps n8n quiet and off the network. */
const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};

export interface EnvironmentOptions {
	installation: N8nInstallation;
	/** n8n keeps everything in `.n8n` in this folder. */
	userFolder: string;
	port: number;
	/** Where n8n's task runner reports; a free port for every n8n process. */
	brokerPort: number;
	/** Variables of n8n beside these. */
	settings?: Readonly<Record<string, string>>;
}

/** The environment variables of one n8n process. */
export function makeEnvironment(options: EnvironmentOptions): NodeJS.ProcessEnv {
	const { networkModules } = chooseVersion(options.installation.version);
	const passedOn = PASSED_ON.filter((name) => process.env[name] !== undefined);
	return {
		...Object.fromEntries(passedOn.map((name) => [name, process.env[name]])),
		...QUIET,
		...(networkModules.length > 0 && { N8N_DISABLED_MODULES: networkModules.join(',') }),
		// n8n starts its task runner with the "node" it finds on the path.
		PATH: [path.dirname(options.installation.node), process.env.PATH].join(path.delimiter),
		N8N_USER_FOLDER: options.userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(options.port),
		N8N_RUNNERS_BROKER_PORT: String(options.brokerPort),
		N8N_SECURE_COOKIE: 'false',
		// Results of commands go through the logger: a higher level would swallow them.
		N8N_LOG_LEVEL: 'info',
		...options.settings,
	};
}
