/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import type { AddressInfo } from 'node:net';
import express, { type Response } from 'express';

/** Answers as WeChat does, but only when told to: shows what is under way at a moment. */
export interface HeldServer {
	url: string;
	/** The bodies of the calls so far, in their order. */
	calls: unknown[];
	/** Resolves once a token has been asked for. */
	tokenAsked(): Promise<void>;
	/** How many calls wait for their answer. */
	underWay(): number;
	/** Resolves once so many calls have arrived in all. */
	arrived(count: number): Promise<void>;
	/** Resolves once no call waits: all are answered or were given up by the caller. */
	isIdle(): Promise<void>;
	/** Answers a call that waits; it gets its own body back as the result. */
	answer(which: 'oldest' | 'newest'): void;
	/** What waits for its answer from now on: calls do at first, requests for a token don't. */
	hold(what: { calls?: boolean; tokens?: boolean }): void;
	close(): Promise<void>;
}

export async function startHeldServer(): Promise<HeldServer> {
	const open: Array<() => void> = [];
	const idle: Array<() => void> = [];
	const heldTokens: Array<() => void> = [];
	const waiting: Array<{ count: number; resolve: () => void }> = [];
	let markTokenAsked = () => {};
	const tokenAsked = new Promise<void>((resolve) => {
		markTokenAsked = resolve;
	});
	const holds = { calls: true, tokens: false };
	const app = express();
	app.use(express.json({ type: () => true }));
	app.post('/cgi-bin/stable_token', (_, response: Response) => {
		markTokenAsked();
		const answer = () => {
			response.json({ access_token: 'sandbox-dummy-token', expires_in: 7200 });
		};
		if (holds.tokens) heldTokens.push(answer);
		else answer();
	});
	app.post('/tcb/invokecloudfunction', (request, response: Response) => {
		const answer = () => {
			response.json({ errcode: 0, errmsg: 'ok', resp_data: JSON.stringify(request.body) });
		};
		server.calls.push(request.body);
		response.on('close', () => {
			if (open.includes(answer)) open.splice(open.indexOf(answer), 1);
			if (open.length === 0) for (const resolve of idle.splice(0)) resolve();
		});
		if (holds.calls) open.push(answer);
		else answer();
		for (const { count, resolve } of waiting) if (server.calls.length >= count) resolve();
	});
	const http = app.listen(0, '127.0.0.1');
	await new Promise((resolve) => http.once('listening', resolve));
	const server: HeldServer = {
		url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
		calls: [],
		tokenAsked: async () => await tokenAsked,
		underWay: () => open.length,
		arrived: async (count) => {
			if (server.calls.length >= count) return;
			await new Promise<void>((resolve) => waiting.push({ count, resolve }));
		},
		isIdle: async () => {
			if (open.length > 0) await new Promise<void>((resolve) => idle.push(resolve));
		},
		answer(which) {
			(which === 'oldest' ? open.shift() : open.pop())?.();
		},
		hold(what) {
			Object.assign(holds, what);
			if (!holds.tokens) for (const answer of heldTokens.splice(0)) answer();
		},
		async close() {
			http.closeAllConnections();
			await new Promise((resolve) => http.close(resolve));
		},
	};
	return server;
}
