/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type Response } from 'express';

export interface ScriptedAnswer {
	status?: number;
	headers?: Record<string, string>;
	/** A text or bytes as they are; anything else goes out as JSON. */
	body?: unknown;
	/** Sends one byte after the other, for ever. */
	trickles?: boolean;
	delayMs?: number;
	/** Breaks the connection instead. */
	resets?: boolean;
}

export interface ScriptedRequest {
	path: string;
	query: Record<string, string>;
	body: Record<string, unknown>;
	authorization: string | undefined;
	/** When the client has given it up, or the answer is complete. */
	closed: Promise<void>;
}

export interface ScriptedServer {
	url: string;
	requests: ScriptedRequest[];
	count(path: string): number;
	/** Resolves once the path has been asked for. */
	arrived(path: string): Promise<void>;
	close(): Promise<void>;
}

/** What each path answers. */
export type Script = Record<
	string,
	ScriptedAnswer | ((request: ScriptedRequest) => ScriptedAnswer)
>;

const TRICKLE_MS = 20;

/**
 * Answers every path as the test says: WeChat, a proxy or a token server at their worst.
 * @param first what the first requests of a path get, one after the other, before the script's answer
 */
export async function startScriptedServer(
	script: Script,
	first: Record<string, ScriptedAnswer[]> = {},
): Promise<ScriptedServer> {
	const app = express();
	app.use(express.json({ type: () => true, strict: false }));
	const requests: ScriptedRequest[] = [];
	const arrivals = new EventEmitter();
	const count = (path: string) => requests.filter((request) => request.path === path).length;
	app.use((incoming, response) => {
		const request: ScriptedRequest = {
			path: incoming.path,
			query: incoming.query as Record<string, string>,
			body: incoming.body as Record<string, unknown>,
			authorization: incoming.headers.authorization,
			closed: new Promise((resolve) => response.on('close', resolve)),
		};
		requests.push(request);
		arrivals.emit(request.path);
		const early = first[request.path]?.[count(request.path) - 1];
		const entry = script[request.path] ?? { status: 404, body: 'not in the script' };
		const answer = early ?? (typeof entry === 'function' ? entry(request) : entry);
		if (answer.delayMs === undefined) send(response, answer);
		else setTimeout(send, answer.delayMs, response, answer);
	});
	const http = app.listen(0, '127.0.0.1');
	await new Promise((resolve) => http.once('listening', resolve));
	return {
		url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
		requests,
		count,
		async arrived(path) {
			if (count(path) === 0) await once(arrivals, path);
		},
		async close() {
			http.closeAllConnections();
			await new Promise((resolve) => http.close(resolve));
		},
	};
}

function send(response: Response, { status, headers, body, trickles, resets }: ScriptedAnswer) {
	if (resets) {
		response.destroy();
		return;
	}
	response.status(status ?? 200).set(headers ?? {});
	if (trickles) {
		const timer = setInterval(() => response.write(' '), TRICKLE_MS);
		response.on('close', () => clearInterval(timer));
	} else {
		const isReady = typeof body === 'string' || Buffer.isBuffer(body);
		response.send(isReady ? body : JSON.stringify(body ?? {}));
	}
}
