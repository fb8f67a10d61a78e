/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Where n8n and the demo's data are kept: outside the project, whose build collects icons from any node_modules in it. */
export function findCacheFolder(): string {
	const { N8N_SANDBOX_CACHE, XDG_CACHE_HOME } = process.env;
	if (N8N_SANDBOX_CACHE) return path.resolve(N8N_SANDBOX_CACHE);
	const userCache = XDG_CACHE_HOME || path.join(homedir(), '.cache');
	return path.join(userCache, 'n8n-nodes-wechat-cloud-function');
}

/** The folder of what a lock file describes, such as a version of n8n; another lock file means another folder. */
export function findInstallationFolder(name: string, manifestFolder: string): string {
	const lock = readFileSync(path.join(manifestFolder, 'pnpm-lock.yaml'));
	const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	return path.join(findCacheFolder(), `${name}-${hash}`);
}
