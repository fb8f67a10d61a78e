/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { StoredWorkflow } from '../n8n/commands';
import type { N8nInstance } from '../n8n/instance';
import type { Owner } from '../n8n/session';
import { makeDemoCredentials } from './credentials';

const examplesFolder = path.resolve(__dirname, '..', 'examples');

export const demoOwner: Owner = {
	email: 'demo@example.com',
	firstName: 'Demo',
	lastName: 'User',
	password: 'Sandbox-Demo-1',
};

export const formWorkflow = readExample('form-sign-up.json');
export const tableWorkflow = readExample('table-with-error-branch.json');
const eventsWorkflow = readExample('open-platform-events.json');
const customersWorkflow = readExample('function-for-every-customer.json');
const longWorkflow = readExample('long-report.json');

/**
 * Imports the workflows only if this n8n has not been given them yet: changes made in the editor outlive a restart.
 * The credentials are replaced every time: they hold tokens of the sandbox, which forgets its tokens when it ends.
 */
export async function importDemo(instance: N8nInstance, sandboxUrl: string): Promise<void> {
	await instance.importCredentials(makeDemoCredentials(sandboxUrl));

	const workflows = [formWorkflow, tableWorkflow, eventsWorkflow, customersWorkflow, longWorkflow];
	const version = createHash('sha256').update(JSON.stringify(workflows)).digest('hex');
	const versionFile = path.join(instance.userFolder, 'imported-workflows.sha256');
	if (existsSync(versionFile) && readFileSync(versionFile, 'utf8') === version) return;
	await instance.importWorkflows(workflows);
	for (const { id } of [formWorkflow, eventsWorkflow]) await instance.publish(id);
	writeFileSync(versionFile, version);
}

export function findFormAddress(n8nUrl: string): string {
	const { parameters } = findNode(formWorkflow, 'n8n-nodes-base.formTrigger');
	const { options } = parameters as { options: { path: string } };
	return `${n8nUrl}/form/${options.path}`;
}

/** Where the example that receives pushes listens. */
export function findEventAddress(n8nUrl: string): string {
	const type = 'n8n-nodes-wechat-cloud-function.weChatOpenPlatformTrigger';
	return `${n8nUrl}/webhook/${findNode(eventsWorkflow, type).webhookId}/wechat`;
}

function findNode({ nodes, name }: StoredWorkflow, type: string) {
	const node = nodes.find((one) => one.type === type);
	if (node === undefined) throw new Error(`The example "${name}" has no node of the type ${type}.`);
	return node;
}

function readExample(name: string): StoredWorkflow {
	return JSON.parse(readFileSync(path.join(examplesFolder, name), 'utf8')) as StoredWorkflow;
}
