/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import express from 'express';

/** A reverse proxy that loses one query parameter, as a badly set up one does. */
export async function startQueryDroppingProxy(target: string, parameter: string) {
	const app = express();
	app.use(express.text({ type: () => true }));
	app.use(async (request, response) => {
		const params = { ...request.query, [parameter]: undefined };
		const answer = await axios.request({
			baseURL: target,
			url: request.path,
			method: request.method,
			params,
			data: request.body,
			headers: { 'content-type': 'application/json' },
			responseType: 'text',
		});
		response.type('json').send(answer.data);
	});
	const server = app.listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => await new Promise((resolve) => server.close(resolve)),
	};
}
