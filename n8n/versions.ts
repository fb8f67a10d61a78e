/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import path from 'node:path';

export interface N8nVersion {
	version: string;
	/** From "engines". A Node out of this range is not used: on Linux x64 one comes with n8n, as in its package.json. */
	node: { minMajor: number; maxMajor: number };
	/** Modules that go on the network by themselves; n8n does not start if it is told to leave out one it does not know. */
	networkModules: string[];
}

/** The versions of n8n that can be installed, the newest first. */
export const N8N_VERSIONS: N8nVersion[] = [
	{
		version: '2.41.1',
		node: { minMajor: 24, maxMajor: Infinity },
		networkModules: ['mcp-registry'],
	},
	{ version: '2.20.12', node: { minMajor: 22, maxMajor: Infinity }, networkModules: [] },
	// It takes Node 20 too, but a module it evaluates expressions with would have to be compiled for that.
	{ version: '1.123.81', node: { minMajor: 22, maxMajor: 24 }, networkModules: [] },
];

/** What `npm start` and `npm run test:e2e` run: the newest, unless N8N_SANDBOX_VERSION names another. */
export function chooseVersion(name = process.env.N8N_SANDBOX_VERSION): N8nVersion {
	const [newest] = N8N_VERSIONS;
	const chosen = name ? N8N_VERSIONS.find(({ version }) => version === name) : newest;
	if (chosen) return chosen;
	const known = N8N_VERSIONS.map(({ version }) => version).join(', ');
	throw new Error(`There is no lock file for n8n ${name}. Set N8N_SANDBOX_VERSION to ${known}.`);
}

/** Holds package.json and pnpm-lock.yaml of a version, or of sqlite3, n8n's database, which is the same for all. */
export function findManifestFolder(version: string): string {
	return path.join(__dirname, 'versions', version);
}
