import type { Express, Request } from 'express';
import type { Reply } from './answers';
import { createFaultStore, type FaultStore } from './faultStore';
import { startFunctionRunner, type FunctionRunner } from './functionRunner';
import { createRoutes } from './routes';
import { createStableTokenStore } from './stableTokenStore';
import { createTokenControls, type TokenControls } from './tokenControls';
import { createTokenStore } from './tokenStore';
import { createWeb } from './web';

const TIME_LIMIT_MS = 5000;
const TOKEN_LIFETIME_SECONDS = 7200;

export interface SandboxOptions {
	/** 0: given by the system. */
	port?: number;
	/** After this the caller gets -504003, while the function runs on. */
	timeLimitMs?: number;
	tokenLifetimeSeconds?: number;
	/** The clock that tokens live by, in milliseconds. */
	now?: () => number;
	onRequest?: (request: SandboxRequest) => void;
	/** Runs the functions for several sandboxes and outlives them; absent: each has its own. */
	runner?: FunctionRunner;
	/** Gives up the start. */
	signal?: AbortSignal;
}

export interface SandboxRequest {
	method: string;
	path: string;
	appId?: string;
	env?: string;
	function?: string;
	/** Whether the function was started; `cut`: and its answer was lost or came too late. */
	ran?: 'no' | 'yes' | 'cut';
	/** The event's `itemKey`, to tell which item it was. */
	key?: string;
	/** The HTTP status of an answer, unless it is 200. */
	status?: number;
	/** `null` when no errcode was sent: a reset, a silence, or an answer that is not WeChat's. */
	errcode: number | null;
}

export interface Sandbox {
	url: string;
	functionNames: readonly string[];
	/** The process that runs the functions. */
	functionsPid: number;
	tokens: TokenControls;
	/** What every call of a function is answered with from now on. */
	faults: Pick<FaultStore, 'set' | 'clear'>;
	log: SandboxRequest[];
	close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const lifetimeSeconds = options.tokenLifetimeSeconds ?? TOKEN_LIFETIME_SECONDS;
	const now = options.now ?? Date.now;
	const tokens = createTokenStore(lifetimeSeconds, now);
	const stableTokens = createStableTokenStore(tokens, lifetimeSeconds, now);
	const faults = createFaultStore();
	const log: SandboxRequest[] = [];
	const record = (request: Request, reply: Reply) => {
		const entry = describeRequest(request, reply);
		log.push(entry);
		options.onRequest?.(entry);
	};

	const runner = options.runner ?? (await startFunctionRunner(options.signal));
	const stopRunner = async () => {
		if (runner !== options.runner) await runner.stop();
	};
	const web = createWeb(
		createRoutes(tokens, stableTokens, faults, runner, options.timeLimitMs ?? TIME_LIMIT_MS),
		record,
	);
	const { port, stop } = await listen(web, options.port ?? 0).catch(async (error: Error) => {
		await stopRunner();
		throw error;
	});
	return {
		url: `http://127.0.0.1:${port}`,
		functionNames: runner.functionNames,
		functionsPid: runner.pid,
		tokens: createTokenControls(tokens, stableTokens),
		faults,
		log,
		close: async () => {
			await Promise.all([stop(), stopRunner()]);
		},
	};
}

function describeRequest({ method, path }: Request, reply: Reply): SandboxRequest {
	const { answer, appId, env, function: name, ran, key } = reply;
	const errcode = answer.kind === 'json' ? answer.errcode : null;
	const status = 'status' in answer && answer.status !== 200 ? answer.status : undefined;
	return { method, path, appId, env, function: name, ran, key, status, errcode };
}

async function listen(web: Express, port: number) {
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
