/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';

/** Longer than an execution needs to get from its start to its wish for a token. */
const DELAY_MS = 2_000;

export interface SlowTokens {
	url: string;
	close(): Promise<void>;
}

/**
 * A way to the sandbox on which requests for a token take long: all executions that are there by then want one at the
 * same time.
 */
export async function startSlowTokens(sandboxUrl: string): Promise<SlowTokens> {
	const app = express();
	app.use(express.text({ type: () => true }));
	app.use(async ({ method, path, originalUrl, body }, response) => {
		if (path.startsWith('/cgi-bin/')) await pause(DELAY_MS);
		const answer = await fetch(`${sandboxUrl}${originalUrl}`, {
			method,
			body: method === 'GET' ? undefined : String(body),
		});
		response
			.status(answer.status)
			.type('json')
			.send(await answer.text());
	});
	const server = app.listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
