import type { Express } from 'express';

/** Takes requests on 127.0.0.1 until it is stopped; port 0: one given by the system. */
export async function listen(web: Express, port: number) {
	const server = web.listen(port, '127.0.0.1');
	await new Promise<void>((resolve, reject) => {
		server.once('listening', resolve);
		server.once('error', (error: Error & { code?: string }) => {
			reject(error.code === 'EADDRINUSE' ? describePortInUse(port) : error);
		});
	});
	const address = server.address();
	const stop = async () => {
		await new Promise((resolve) => {
			server.close(resolve);
			server.closeAllConnections();
		});
	};
	return { port: typeof address === 'object' && address ? address.port : port, stop };
}

function describePortInUse(port: number): Error {
	return new Error(
		`Port ${port} is already in use. Stop the program that uses it, or start the sandbox on another port.`,
	);
}
