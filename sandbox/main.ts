/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals -- this is a console program, not a part of n8n */
import { describeRequest, describeStart } from './console';
import { startSandbox } from './server';

const DEFAULT_PORT = 5700;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

const abortStart = new AbortController();
const starting = start();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, () => void stop(EXIT_CODES[signal]));
}
starting.then(
	(sandbox) => console.log(describeStart(sandbox)),
	(error: Error) => {
		if (abortStart.signal.aborted) return;
		console.error(error.message);
		process.exitCode = 1;
	},
);

async function start() {
	return await startSandbox({
		port: readPort(process.env.SANDBOX_PORT),
		signal: abortStart.signal,
		onRequest: (request) => console.log(describeRequest(request, new Date())),
	});
}

function readPort(text: string | undefined): number {
	if (!text) return DEFAULT_PORT;
	const port = Number(text);
	if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
	throw new Error(`SANDBOX_PORT must be a port number from 0 to 65535, not "${text}".`);
}

async function stop(exitCode: number): Promise<void> {
	abortStart.abort();
	const sandbox = await starting.catch(() => undefined);
	await sandbox?.close();
	process.exit(exitCode);
}
