/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import {
	executeWorkflow,
	executeWorkflows,
	importCredentials,
	importWorkflows,
	publishWorkflow,
	type RunCommand,
	type StoredCredential,
	type StoredWorkflow,
} from './commands';
import { makeEnvironment } from './environment';
import type { Execution } from './execution';
import type { N8nInstallation } from './install/install';
import { findFreePort, isPortFree } from './ports';
import { startProcess, type ProcessGroup } from './processGroup';
import { startServer, type N8nServer } from './server';

export interface InstanceOptions {
	installation: N8nInstallation;
	/** Created if missing; two instances never share one. */
	userFolder: string;
	/** A free one if left out. */
	port?: number;
	/** Variables of n8n, such as those of queue mode. */
	settings?: Readonly<Record<string, string>>;
	/** What `start` starts; `n8n start` if left out. */
	serverCommand?: readonly string[];
	/** What that writes last as it starts; that of `n8n start` if left out. */
	lastLogLine?: string;
	/** Ends everything the instance runs; calls under way reject with the signal's reason. */
	signal?: AbortSignal;
}

/**
 * One n8n with its own data. The commands are n8n's own (3 to 5 s each, the very first one up to 15 s: it creates the
 * database), run one after the other, and work whether or not the server runs; a running server sees imported workflows,
 * but publishes only what was published before it started.
 * All reject with an Error that holds what n8n printed.
 */
export interface N8nInstance {
	url: string;
	userFolder: string;
	importCredentials(list: StoredCredential[]): Promise<void>;
	importWorkflows(list: StoredWorkflow[]): Promise<void>;
	publish(workflowId: string): Promise<void>;
	/** An execution that failed is a result like any other: see its `status` and `error`. */
	execute(workflowId: string): Promise<Execution>;
	/** Many in one n8n process; failed ones come without run data. */
	executeBatch(workflowIds: string[]): Promise<Map<string, Execution>>;
	start(): Promise<N8nServer>;
	/** Ends whatever the instance still runs. */
	stop(): Promise<void>;
}

export async function openInstance(options: InstanceOptions): Promise<N8nInstance> {
	const { installation, userFolder, settings, signal } = options;
	const { serverCommand = ['start'] } = options;
	const port = options.port ?? (await findFreePort());
	const url = `http://127.0.0.1:${port}`;
	const running = new Set<ProcessGroup>();
	mkdirSync(userFolder, { recursive: true });

	async function prepareCommand(args: readonly string[]) {
		const brokerPort = await findFreePort();
		const env = makeEnvironment({ installation, userFolder, port, brokerPort, settings });
		return (logFile?: number) => {
			const group = startProcess(installation.node, [installation.n8n, ...args], {
				cwd: userFolder,
				env,
				signal,
				logFile,
			});
			running.add(group);
			const forget = () => running.delete(group);
			group.finished.then(forget, forget);
			return group;
		};
	}

	const run: RunCommand = async (args) => {
		const start = await prepareCommand(args);
		const { stdout, stderr } = await start().finished;
		signal?.throwIfAborted();
		return stdout + stderr;
	};

	return {
		url,
		userFolder,
		importCredentials: async (list) => await importCredentials(run, list),
		importWorkflows: async (list) => await importWorkflows(run, list),
		publish: async (workflowId) => await publishWorkflow(run, installation.version, workflowId),
		execute: async (workflowId) => await executeWorkflow(run, workflowId),
		executeBatch: async (workflowIds) => await executeWorkflows(run, workflowIds),
		async start() {
			if (!(await isPortFree(port))) throw new Error(`Port ${port} is already in use.`);
			const start = await prepareCommand(serverCommand);
			const logFile = path.join(userFolder, 'n8n.log');
			return await startServer({ url, logFile, start, signal, lastLogLine: options.lastLogLine });
		},
		async stop() {
			await Promise.all([...running].map(async (group) => await group.stop()));
		},
	};
}
