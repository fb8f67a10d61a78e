/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A server, in whose way something is, and how to end it. */
export interface DeafServer {
	url: string;
	close(): Promise<void>;
}

async function listen(server: Server, scheme: 'http' | 'https'): Promise<DeafServer> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}

/** Hangs up as soon as it is spoken to: before TLS is there. */
export async function startHangingUp(): Promise<DeafServer> {
	const server = createServer((socket) => {
		socket.on('error', () => {});
		socket.once('data', () => socket.destroy());
	});
	return await listen(server, 'https');
}

/** Shows a certificate that nobody has signed but itself. */
export async function startUntrusted(): Promise<DeafServer> {
	const folder = mkdtempSync(path.join(tmpdir(), 'certificate-'));
	const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name));
	const subject = ['-subj', '/CN=127.0.0.1', '-days', '2'];
	const files = ['-keyout', key, '-out', cert];
	execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...files], {
		stdio: 'ignore',
	});
	const pair = { key: readFileSync(key), cert: readFileSync(cert) };
	rmSync(folder, { recursive: true });
	return await listen(createTlsServer(pair), 'https');
}

const LISTENER = `
	const server = require('node:net').createServer();
	server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));`;

/** Never takes a connection: its process stands still, and its queue is full. As where packets are dropped. */
export async function startSilent(): Promise<DeafServer> {
	const child = spawn(process.execPath, ['-e', LISTENER], { stdio: ['ignore', 'pipe', 'ignore'] });
	const [line] = (await once(child.stdout, 'data')) as [Buffer];
	const port = Number(String(line));
	child.kill('SIGSTOP');
	const fillers = Array.from({ length: 6 }, () => connect(port, '127.0.0.1'));
	for (const filler of fillers) filler.on('error', () => {});
	await Promise.race(fillers.map(async (filler) => await once(filler, 'connect')));
	return {
		url: `http://127.0.0.1:${port}`,
		async close() {
			for (const filler of fillers) filler.destroy();
			child.kill('SIGKILL');
			await once(child, 'exit');
		},
	};
}
