/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- this runs on Node, not inside n8n */
import { spawn } from 'node:child_process';
import { guard, release } from './processGuard';

const DEFAULT_GRACE_MS = 5_000;

export interface ProcessOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** Ends the whole group. */
	signal?: AbortSignal;
	/** An open file that takes the output; without it the output is collected. */
	logFile?: number;
	/** Takes what is collected, piece by piece. */
	onOutput?: (text: string) => void;
	/** Whom the program runs as; this process's own user if left out. */
	owner?: SystemUser;
	/** How long a program may take to end by itself once it is stopped; 5 s if left out. */
	graceMs?: number;
}

export interface SystemUser {
	uid: number;
	gid: number;
}

export interface FinishedProcess {
	/** null when a signal ended it. */
	code: number | null;
	stdout: string;
	stderr: string;
}

export interface ProcessGroup {
	pid: number;
	/** Resolves when the program and everything it started are gone; rejects if it can't be started. */
	finished: Promise<FinishedProcess>;
	/** SIGTERM to the whole group, SIGKILL after the grace. */
	stop(): Promise<void>;
	/** SIGKILL to the whole group at once, as when a machine is lost. */
	kill(): Promise<void>;
}

const running = new Set<number>();

/**
 * Starts a program in a process group of its own, so that it can be ended with all its children.
 * It is killed when this process ends before it.
 */
export function startProcess(
	command: string,
	args: string[],
	options: ProcessOptions = {},
): ProcessGroup {
	options.signal?.throwIfAborted();
	const output = options.logFile ?? 'pipe';
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: options.env,
		stdio: ['ignore', output, output],
		detached: true,
		...options.owner,
	});
	const pid = child.pid ?? 0;
	if (pid > 0) {
		running.add(pid);
		guard(pid);
	}

	const collected = { stdout: '', stderr: '' };
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		collected.stdout += text;
		options.onOutput?.(text);
	});
	child.stderr?.setEncoding('utf8').on('data', (text: string) => (collected.stderr += text));

	const finished = new Promise<FinishedProcess>((resolve, reject) => {
		child.once('error', (error) => {
			reject(new Error(`"${command}" could not be started: ${error.message}`));
		});
		// What the program leaves behind would hold its output, and a port, for ever.
		child.once('exit', () => signalGroup(pid, 'SIGKILL'));
		child.once('close', (code) => {
			running.delete(pid);
			release(pid);
			resolve({ code, ...collected });
		});
	});

	async function stop(): Promise<void> {
		if (!running.has(pid)) return;
		const graceMs = options.graceMs ?? DEFAULT_GRACE_MS;
		signalGroup(pid, 'SIGTERM');
		const kill = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
		await finished.finally(() => clearTimeout(kill));
	}

	async function kill(): Promise<void> {
		if (!running.has(pid)) return;
		signalGroup(pid, 'SIGKILL');
		await finished;
	}

	const stopOnAbort = () => void stop().catch(() => undefined);
	options.signal?.addEventListener('abort', stopOnAbort, { once: true });
	const forgetSignal = () => options.signal?.removeEventListener('abort', stopOnAbort);
	finished.then(forgetSignal, forgetSignal);

	return { pid, finished, stop, kill };
}

/** Runs a program to its end. Rejects with the signal's reason when that ended it. */
export async function runProcess(
	command: string,
	args: string[],
	options: ProcessOptions = {},
): Promise<FinishedProcess> {
	const result = await startProcess(command, args, options).finished;
	options.signal?.throwIfAborted();
	return result;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
	if (pid <= 0) return;
	try {
		process.kill(-pid, signal);
	} catch {
		// The group is gone already.
	}
}
