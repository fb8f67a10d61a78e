/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { openSync, closeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FinishedProcess, ProcessGroup } from './processGroup';

const READY_WITHIN_MS = 120_000;
const POLL_INTERVAL_MS = 150;
const SHOWN_LOG_LINES = 15;

export interface N8nServer {
	/** The editor's address, or that of a worker's health checks: http://127.0.0.1:<port>, without a slash at the end. */
	url: string;
	/** Resolves when n8n is gone, whoever ended it. */
	ended: Promise<FinishedProcess>;
	/** Ends n8n and its task runner; the instance can be started again. */
	stop(): Promise<void>;
	/** The same at once, with no chance to finish anything. */
	kill(): Promise<void>;
}

export interface ServerOptions {
	url: string;
	/** Takes n8n's output, from the start of this server on. */
	logFile: string;
	/** Starts `n8n start` or `n8n worker` with its output going to an open file. */
	start(openLogFile: number): ProcessGroup;
	/** What it writes last as it starts; that of `n8n start` if left out. */
	lastLogLine?: string;
	signal?: AbortSignal;
}

/** n8n 1 calls itself ready before it has its REST API; this is the last thing that it does as it starts. */
const LAST_LOG_LINE = 'Editor is now accessible';

/** Starts n8n and waits until it takes requests; rejects with the end of its log if it ends before that. */
export async function startServer(options: ServerOptions): Promise<N8nServer> {
	const openLogFile = openSync(options.logFile, 'w');
	const group = options.start(openLogFile);
	closeSync(openLogFile);
	const stopWaiting = new AbortController();
	try {
		const ended = group.finished.then(() => 'ended' as const);
		const outcome = await Promise.race([ended, waitUntilReady(options, stopWaiting.signal)]);
		options.signal?.throwIfAborted();
		if (outcome !== 'ready') {
			await group.stop();
			throw new Error(await explainFailure(outcome, options.logFile));
		}
		return { url: options.url, ended: group.finished, stop: group.stop, kill: group.kill };
	} finally {
		stopWaiting.abort();
	}
}

async function waitUntilReady(
	{ url, logFile, lastLogLine = LAST_LOG_LINE }: ServerOptions,
	signal: AbortSignal,
): Promise<'ready' | 'late'> {
	const deadline = Date.now() + READY_WITHIN_MS;
	while (!signal.aborted && Date.now() < deadline) {
		const isReady = await fetch(`${url}/healthz/readiness`, { signal }).then(
			(answer) => answer.ok,
			() => false,
		);
		if (isReady && (await readFile(logFile, 'utf8')).includes(lastLogLine)) return 'ready';
		await sleep(POLL_INTERVAL_MS);
	}
	return 'late';
}

async function explainFailure(outcome: 'ended' | 'late', logFile: string): Promise<string> {
	const what =
		outcome === 'ended'
			? 'n8n ended before it was ready'
			: `n8n was not ready after ${READY_WITHIN_MS / 1000} s`;
	const log = await readFile(logFile, 'utf8');
	const lines = log.trim().split('\n').slice(-SHOWN_LOG_LINES);
	return [`${what}. The end of its log (${logFile}):`, ...lines.map((line) => `  ${line}`)].join(
		'\n',
	);
}
