/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isObject } from '../http/request';

const HOST_PROGRAM = path.join(__dirname, 'functionHost.js');
const PLACE_HEADER = 'x-sandbox-place';
const FUNCTIONS_FILE = path.join(__dirname, '..', 'functions', 'cloudbase-functions.json');

/** How one run of a function ended. Its process has gone meanwhile (`lost`), or had before (`unstarted`). */
export type Outcome =
	| { kind: 'returned'; json: string }
	| { kind: 'threw'; message: string; stack: string }
	| { kind: 'timedOut'; seconds: number }
	| { kind: 'lost' }
	| { kind: 'unstarted' };

/** Where a function runs, and how it reaches the files there. */
export interface Place {
	env: string;
	appId: string;
	filesUrl: string;
}

export interface FunctionRunner {
	functionNames: readonly string[];
	pid: number;
	invoke(name: string, event: Record<string, unknown>, place: Place): Promise<Outcome>;
	/** From now on this process may end before the functions' one, which then ends as well. */
	unref(): void;
	stop(): Promise<void>;
}

interface HostReady {
	port: number;
	functionNames: string[];
}

/** Starts the process that holds the cloud functions. */
export async function startFunctionRunner(
	signal?: AbortSignal,
	functionsFile = FUNCTIONS_FILE,
): Promise<FunctionRunner> {
	const logFolder = await mkdtemp(path.join(tmpdir(), 'wechat-sandbox-'));
	const child = fork(HOST_PROGRAM, [functionsFile, logFolder], {
		// A group of its own: Ctrl-C then reaches only the sandbox, which ends this process itself.
		detached: true,
		execArgv: [],
		killSignal: 'SIGKILL',
		signal,
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	});

	async function stop(): Promise<void> {
		if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
			const ended = once(child, 'exit');
			child.kill('SIGKILL');
			await ended;
		}
		await rm(logFolder, { recursive: true, force: true });
	}

	const { port, functionNames } = await waitUntilReady(child).catch(async (error: Error) => {
		await stop();
		throw error;
	});
	return {
		functionNames,
		pid: Number(child.pid),
		invoke: async (name, event, place) =>
			await invoke(`http://127.0.0.1:${port}/${name}`, event, place),
		unref() {
			child.unref();
			child.channel?.unref();
			for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
		},
		stop,
	};
}

async function waitUntilReady(child: ChildProcess): Promise<HostReady> {
	let output = '';
	const collect = (chunk: Buffer) => {
		output += chunk.toString();
	};
	child.stdout?.on('data', collect);
	child.stderr?.on('data', collect);
	try {
		return await new Promise<HostReady>((resolve, reject) => {
			child.once('message', (ready) => resolve(ready as HostReady));
			child.on('error', reject);
			child.once('close', () => {
				reject(new Error(`The cloud functions could not be started.\n${output}`));
			});
		});
	} finally {
		// Read on without keeping it, or the process would block on a full pipe.
		child.stdout?.off('data', collect).resume();
		child.stderr?.off('data', collect).resume();
	}
}

async function invoke(url: string, event: Record<string, unknown>, place: Place): Promise<Outcome> {
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', [PLACE_HEADER]: JSON.stringify(place) },
			body: JSON.stringify(event),
		});
		return response.ok ? ((await response.json()) as Outcome) : { kind: 'lost' };
	} catch (error) {
		return { kind: isRefused(error) ? 'unstarted' : 'lost' };
	}
}

function isRefused(error: unknown): boolean {
	return isObject(error) && isObject(error.cause) && error.cause.code === 'ECONNREFUSED';
}
