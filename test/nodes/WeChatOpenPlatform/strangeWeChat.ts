/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import type { AddressInfo } from 'node:net';
import express from 'express';

type Body = Record<string, unknown>;
/** What a request is answered, by the last part of its path: text as it is, anything else as JSON. */
export type Answers = Record<string, (body: Body) => unknown>;

/** Gives a service provider its token, and answers anything else as it is told to. */
export async function startStrangeWeChat() {
	const asked: Array<{ name: string; body: Body }> = [];
	let answers: Answers = {};
	const app = express();
	app.use(express.json({ type: () => true }));
	app.post('/cgi-bin/component/:name', (request, response) => {
		const { name } = request.params;
		if (name === 'api_component_token') {
			response.json({ component_access_token: 'sandbox-dummy-token', expires_in: 7200 });
			return;
		}
		const body = request.body as Body;
		asked.push({ name, body });
		const answer = answers[name]?.(body);
		response.type('json').send(typeof answer === 'string' ? answer : JSON.stringify(answer));
	});
	const http = app.listen(0, '127.0.0.1');
	await new Promise((resolve) => http.once('listening', resolve));
	return {
		url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
		/** The requests so far, without those for a token. */
		asked,
		answerWith(others: Answers) {
			answers = others;
		},
		close: async () => await new Promise((resolve) => http.close(resolve)),
	};
}

export type StrangeWeChat = Awaited<ReturnType<typeof startStrangeWeChat>>;
