/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { StoredWorkflow } from '../../../n8n/commands';
import { installN8n, type N8nInstallation } from '../../../n8n/install/install';
import { openInstance, type N8nInstance } from '../../../n8n/instance';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/server';
import { makeUserFolder } from './userFolder';

/** Ample: each n8n command takes seconds alone, and half a minute on a busy machine. */
export const OPEN_TIMEOUT_MS = 400_000;
export const TEST_TIMEOUT_MS = 240_000;

export interface RealN8n {
	installation: N8nInstallation;
	n8n: N8nInstance;
	sandbox: Sandbox;
	close(): Promise<void>;
}

/**
 * A real n8n with the packed package in it, and a sandbox beside it.
 * @param settings variables of n8n
 */
export async function openRealN8n(
	settings: Record<string, string> = {},
	sandboxOptions: SandboxOptions = {},
): Promise<RealN8n> {
	const installation = await installN8n({ report: () => {} });
	const userFolder = await makeUserFolder();
	const sandbox = await startSandbox(sandboxOptions);
	const n8n = await openInstance({ installation, userFolder, settings });
	return {
		installation,
		n8n,
		sandbox,
		async close() {
			await Promise.all([n8n.stop(), sandbox.close()]);
			await rm(userFolder, { recursive: true, force: true });
		},
	};
}

/** The form of n8n's import for a credential of the sandbox. */
export function credentialOf(id: string, sandboxUrl: string, fields: Record<string, unknown>) {
	return {
		id,
		name: id,
		type: 'weChatCloudFunctionApi',
		data: {
			mode: 'accessToken',
			source: 'wechat',
			apiHost: 'custom',
			customApiHost: sandboxUrl,
			...fields,
		},
	};
}

export async function readExample(name: string): Promise<StoredWorkflow> {
	const file = path.join(__dirname, '../../../examples', name);
	return JSON.parse(await readFile(file, 'utf8')) as StoredWorkflow;
}
