/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { connect } from 'node:net';
import { findFreePort } from '../ports';
import { startProcess } from '../processGroup';
import type { QueuePrograms } from './programs';
import { waitUntilServing } from './readiness';

const HOST = '127.0.0.1';

export interface Redis {
	host: string;
	port: number;
	stop(): Promise<void>;
}

/** A Redis of its own on a free port; what is in it is gone when it ends. */
export async function startRedis(
	{ redisServer }: QueuePrograms,
	folder: string,
	signal?: AbortSignal,
): Promise<Redis> {
	const port = await findFreePort();
	const settings = ['--bind', HOST, '--port', String(port), '--dir', folder];
	const withoutFiles = ['--save', '', '--appendonly', 'no', '--daemonize', 'no'];
	const group = startProcess(redisServer, [...settings, ...withoutFiles], { signal });
	await waitUntilServing('Redis', group, async () => await answersPing(port));
	return { host: HOST, port, stop: group.stop };
}

async function answersPing(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, HOST, () => socket.write('PING\r\n'));
		socket.setEncoding('utf8');
		socket.once('data', (answer: string) => {
			socket.destroy();
			resolve(answer.startsWith('+PONG'));
		});
		socket.once('error', () => resolve(false));
		socket.once('close', () => resolve(false));
	});
}
