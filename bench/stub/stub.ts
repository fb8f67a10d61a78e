/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- this runs on Node, not inside n8n */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { generate } from 'selfsigned';
import type { Limit, Line } from '../plan/groups';

export interface Counts {
	connections: number;
	tokenRequests: number;
	invocations: number;
	/** Calls that were above a limit. */
	refused: number;
	/** The most calls that were being answered at the same time. */
	mostUnderway: number;
	/** What was put into cloud storage, forms and all. */
	bucketBytes: number;
}

export interface Stub {
	origins: Record<Line, string>;
	/** What n8n has to trust for HTTPS. */
	certificateFile: string;
	/** What it has seen since the last time it was asked. */
	takeCounts(): Promise<Counts>;
	/** From now on it takes no more than this. */
	setLimit(limit: Limit | undefined): Promise<void>;
	stop(): void;
}

/** Starts the stub server in a process of its own, with a certificate made for this run. */
export async function startStub(folder: string): Promise<Stub> {
	const keyFile = path.join(folder, 'stub-key.pem');
	const certificateFile = path.join(folder, 'stub-certificate.pem');
	const pems = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
		keySize: 2048,
		algorithm: 'sha256',
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
	});
	await writeFile(keyFile, pems.private, { mode: 0o600 });
	await writeFile(certificateFile, pems.cert);

	const program = path.join(__dirname, 'stubServer.ts');
	const child = spawn(
		process.execPath,
		['-r', '@swc-node/register', program, keyFile, certificateFile],
		{ cwd: path.resolve(__dirname, '..', '..'), stdio: ['ignore', 'pipe', 'inherit'] },
	);
	process.once('exit', () => child.kill('SIGKILL'));
	const origins = await readOrigins(child.stdout);
	return {
		origins,
		certificateFile,
		takeCounts: async () => (await (await fetch(`${origins.http}/counts`)).json()) as Counts,
		async setLimit(limit) {
			await fetch(`${origins.http}/limit`, { method: 'POST', body: JSON.stringify({ limit }) });
		},
		stop: () => void child.kill('SIGKILL'),
	};
}

async function readOrigins(output: NodeJS.ReadableStream): Promise<Stub['origins']> {
	for await (const line of createInterface({ input: output })) {
		return JSON.parse(line) as Stub['origins'];
	}
	throw new Error('The stub server ended before it was ready.');
}
