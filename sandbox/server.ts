import { createAuthorizationStore } from './accounts/authorizationStore';
import { LIMITS } from './accounts/environments';
import { createTicketStore } from './accounts/ticketStore';
import { createFaultStore, type FaultControls } from './faults/faultStore';
import { createLimiter, type LimitControls } from './faults/limits';
import { listen } from './http/listen';
import { createRequestLog, describeExchange, type SandboxRequest } from './http/requestLog';
import { repeat } from './http/timers';
import { createWeb } from './http/web';
import { createDelayedGateway } from './invoke/delayedGateway';
import { createDelayedTasks, type DelayedTaskControls } from './invoke/delayedTasks';
import { createGateway } from './invoke/gateway';
import { createRuns } from './invoke/runs';
import { createFunctionList, type FunctionListControls } from './lists/functionList';
import type { PushControls } from './openPlatform/pushes/controls';
import { createPusher } from './openPlatform/pushes/pusher';
import { createCalls, createRoutes, nameCalls } from './routes';
import { startFunctionRunner, type FunctionRunner } from './runner/functionRunner';
import { createStorage, type StorageControls } from './storage/storage';
import { createStableTokenStore } from './tokens/stableTokenStore';
import { createTokenControls, type TokenControls } from './tokens/tokenControls';
import { createTokenStore } from './tokens/tokenStore';

const TIME_LIMIT_MS = 5000;
const TOKEN_LIFETIME_SECONDS = 7200;
const DELAYED_TASKS_CHECK_MS = 500;
const PUSH_TIME_LIMIT_MS = 5000;

export interface SandboxOptions {
	/** 0: given by the system. */
	port?: number;
	/** After this the caller gets -504003, while the function runs on. */
	timeLimitMs?: number;
	tokenLifetimeSeconds?: number;
	/** After this a push counts as not answered, and is sent again. */
	pushTimeLimitMs?: number;
	/**
	 * The clock that tokens and delayed tasks live by, in milliseconds. Absent: the system's, and delayed
	 * tasks start by themselves. With a clock of one's own they wait for `delayedTasks.runDue`.
	 */
	now?: () => number;
	onRequest?: (request: SandboxRequest) => void;
	/** Runs the functions for several sandboxes and outlives them; absent: each has its own. */
	runner?: FunctionRunner;
	/** Gives up the start. */
	signal?: AbortSignal;
}

export interface Sandbox {
	url: string;
	functionNames: readonly string[];
	/** The process that runs the functions. */
	functionsPid: number;
	tokens: TokenControls;
	faults: FaultControls;
	limits: LimitControls;
	functionList: FunctionListControls;
	storage: StorageControls;
	delayedTasks: DelayedTaskControls;
	pushes: PushControls;
	/** How often a function was started; with a key, how often with this `itemKey` in its event. */
	runs(functionName: string, itemKey?: string | number): number;
	/** The last 10,000. */
	log: SandboxRequest[];
	close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const lifetimeSeconds = options.tokenLifetimeSeconds ?? TOKEN_LIFETIME_SECONDS;
	const timeLimitMs = options.timeLimitMs ?? TIME_LIMIT_MS;
	const pushTimeLimitMs = options.pushTimeLimitMs ?? PUSH_TIME_LIMIT_MS;
	const now = options.now ?? Date.now;
	const runner = options.runner ?? (await startFunctionRunner(options.signal));
	const stopRunner = async () => {
		if (runner !== options.runner) await runner.stop();
	};
	const { functionNames } = runner;
	const { entries, record } = createRequestLog(options.onRequest);
	let url = '';

	const tokens = createTokenStore(lifetimeSeconds, now);
	const stableTokens = createStableTokenStore(tokens, lifetimeSeconds, now);
	const tickets = createTicketStore(now);
	const authorizations = createAuthorizationStore(now);
	const push = { tickets, authorizations, now, record, timeLimitMs: pushTimeLimitMs };
	const pusher = createPusher(push);
	const faults = createFaultStore(() => [...functionNames, ...nameCalls(calls)]);
	const limiter = createLimiter(LIMITS, now);
	const storage = createStorage({ tokens, faults, now });
	const functionList = createFunctionList(functionNames);
	const { run, count } = createRuns(runner, () => url + storage.insidePath);
	const tasks = createDelayedTasks({ run, now, record });
	const invocations = {
		now: createGateway({ tokens, functionNames, faults, limiter, run, timeLimitMs }),
		later: createDelayedGateway({ tokens, functionNames, faults, tasks }),
	};
	const calls = createCalls({
		...{ tokens, stableTokens, tickets, authorizations },
		...{ pusher, functionList, storage, invocations },
	});
	const routes = createRoutes(calls, { faults, limiter, pusher });
	const web = createWeb(routes, storage.streams, (request, reply) =>
		record(describeExchange(request, reply)),
	);
	const { port, stop } = await listen(web, options.port ?? 0).catch(async (error: Error) => {
		await stopRunner();
		throw error;
	});
	url = `http://127.0.0.1:${port}`;
	const stopTimer = options.now
		? undefined
		: repeat(() => void tasks.runDue(), DELAYED_TASKS_CHECK_MS);
	return {
		url,
		functionNames,
		functionsPid: runner.pid,
		tokens: createTokenControls(tokens, stableTokens),
		faults: { set: faults.set, clear: faults.clear },
		limits: { set: limiter.set, reset: limiter.reset },
		functionList: { add: functionList.add, reset: functionList.reset },
		storage: storage.controls,
		delayedTasks: { list: tasks.list, runDue: tasks.runDue },
		pushes: pusher,
		runs: count,
		log: entries,
		close: async () => {
			stopTimer?.();
			pusher.stop();
			tasks.clear();
			await Promise.all([stop(), stopRunner()]);
			await storage.close();
		},
	};
}
