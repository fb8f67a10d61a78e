/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { N8nInstallation } from '../../n8n/install/install';
import { openInstance } from '../../n8n/instance';
import { placePackage } from '../../n8n/install/packagePlacement';
import type { N8nServer } from '../../n8n/server';
import { placeBenchNodes } from './benchNodes';
import { findContestant } from '../plan/contestants';
import type { Cell, Group } from '../plan/groups';
import { publishWorkflows, waitUntilLive, waitUntilReady } from './publishWorkflows';
import type { Stub } from '../stub/stub';
import { callWebhook, type Figures, type RunRequest } from './webhook';
import { buildWorkflow, listCredentials, type NewWorkflow } from '../plan/workflow';

/** A real n8n that has a workflow for every way of making the calls. */
export interface MeasuredN8n {
	run(workflow: string, request: RunRequest): Promise<Figures>;
	/** A new process with the same data. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

export interface MeasuredN8nOptions {
	installation: N8nInstallation;
	/** Takes n8n's data. */
	folder: string;
	stub: Stub;
	groups: Group[];
	signal: AbortSignal;
}

export function nameWorkflow(cell: Cell, group: Group): string {
	return `${cell.by}-${cell.line ?? group.line}-${group.delayMs}ms`;
}

/** Starts n8n with the package, the nodes of this bench, and a published workflow for each cell. */
export async function openMeasuredN8n(options: MeasuredN8nOptions): Promise<MeasuredN8n> {
	const { installation, stub, signal } = options;
	const userFolder = path.join(options.folder, 'n8n');
	await placePackage(userFolder, signal);
	await placeBenchNodes(userFolder);
	const settings = {
		NODE_EXTRA_CA_CERTS: stub.certificateFile,
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	};
	const instance = await openInstance({ installation, userFolder, settings, signal });
	await instance.importCredentials(listCredentials(stub.origins));

	let server: N8nServer = await instance.start();
	const workflows = listWorkflows(options);
	await publishWorkflows(instance.url, workflows, signal);
	return {
		async run(workflow, wanted) {
			await waitUntilReady(instance.url, signal);
			return await callWebhook(instance.url, workflow, wanted, signal);
		},
		async restart() {
			await server.stop();
			server = await instance.start();
			await waitUntilLive(instance.url, workflows[0].name, signal);
		},
		stop: instance.stop,
	};
}

function listWorkflows({ installation, stub, groups }: MeasuredN8nOptions): NewWorkflow[] {
	const axiosFolder = findAxios(installation);
	const workflows = new Map<string, NewWorkflow>();
	for (const group of groups) {
		for (const cell of group.cells) {
			const line = cell.line ?? group.line;
			const functionName = `wait${group.delayMs}`;
			const aim = { origin: stub.origins[line], functionName, axiosFolder };
			const name = nameWorkflow(cell, group);
			workflows.set(name, buildWorkflow(name, findContestant(cell.by), aim, line));
		}
	}
	return [...workflows.values()];
}

/** The copy that n8n's request helper uses. */
function findAxios({ folder }: N8nInstallation): string {
	const network = path.join(folder, 'node_modules', '@n8n', 'backend-network', 'package.json');
	return path.dirname(createRequire(network).resolve('axios/package.json'));
}
