/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { StoredCredential, StoredWorkflow } from '../n8n/commands';
import type { N8nInstance } from '../n8n/instance';
import type { Owner } from '../n8n/session';

const examplesFolder = path.resolve(__dirname, '..', '..', 'examples');

export const demoOwner: Owner = {
	email: 'demo@example.com',
	firstName: 'Demo',
	lastName: 'User',
	password: 'Sandbox-Demo-1',
};

export const formWorkflow = readExample('form-sign-up.json');
export const tableWorkflow = readExample('table-with-error-branch.json');

/** The example workflows refer to it by its id. */
export function makeDemoCredential(sandboxUrl: string): StoredCredential {
	return {
		id: 'wechatSandboxDemo',
		name: 'WeChat Sandbox',
		type: 'weChatCloudFunctionApi',
		data: {
			mode: 'accessToken',
			source: 'wechat',
			appId: 'wx-sandbox-shop',
			appSecret: 'sandbox-dummy-secret',
			apiHost: 'custom',
			customApiHost: sandboxUrl,
		},
	};
}

/**
 * Imports the workflows only if this n8n has not been given them yet: changes made in the editor outlive a restart.
 * The credential is replaced every time: it holds a token of the sandbox, which forgets its tokens when it ends.
 */
export async function importDemo(instance: N8nInstance, sandboxUrl: string): Promise<void> {
	await instance.importCredentials([makeDemoCredential(sandboxUrl)]);

	const workflows = [formWorkflow, tableWorkflow];
	const version = createHash('sha256').update(JSON.stringify(workflows)).digest('hex');
	const versionFile = path.join(instance.userFolder, 'imported-workflows.sha256');
	if (existsSync(versionFile) && readFileSync(versionFile, 'utf8') === version) return;
	await instance.importWorkflows(workflows);
	await instance.publish(formWorkflow.id);
	writeFileSync(versionFile, version);
}

export function findFormAddress(n8nUrl: string): string {
	const form = formWorkflow.nodes.find((node) => node.type === 'n8n-nodes-base.formTrigger');
	const { options } = form?.parameters as { options: { path: string } };
	return `${n8nUrl}/form/${options.path}`;
}

function readExample(name: string): StoredWorkflow {
	return JSON.parse(readFileSync(path.join(examplesFolder, name), 'utf8')) as StoredWorkflow;
}
