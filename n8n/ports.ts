/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** A port nobody listens on at the moment. */
export async function findFreePort(): Promise<number> {
	return await tryToListen(0);
}

export async function isPortFree(port: number): Promise<boolean> {
	return await tryToListen(port).then(
		() => true,
		() => false,
	);
}

async function tryToListen(port: number): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
			const address = server.address();
			const usedPort = typeof address === 'object' && address ? address.port : port;
			server.close(() => resolve(usedPort));
		});
	});
}
