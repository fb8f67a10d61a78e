import type { Request } from 'express';
import type { Reply } from './http/answers';
import { createAuthorizationStore } from './accounts/authorizationStore';
import { createCountedRun } from './invoke/countedRun';
import { createDelayedGateway } from './invoke/delayedGateway';
import { createDelayedTasks, type DelayedTaskControls } from './invoke/delayedTasks';
import { createFaultFinder } from './faults/faultFinder';
import { createFaultRoutes } from './faults/faultRoutes';
import { createFunctionFaults, type FaultControls } from './faults/functionFaults';
import { createFunctionList, type FunctionListControls } from './lists/functionList';
import { startFunctionRunner, type FunctionRunner } from './runner/functionRunner';
import { createGateway } from './invoke/gateway';
import { listen } from './http/listen';
import { createListRoutes, LIST_CALL_NAMES } from './lists/listGateway';
import { createPusher, type PushControls } from './openPlatform/pushes/pusher';
import { createPushRoutes } from './openPlatform/pushes/pushRoutes';
import { describeExchange, type SandboxRequest } from './http/requestLog';
import { createRoutes } from './routes';
import { createStorage, STORAGE_FAULT_NAMES, type StorageControls } from './storage/storage';
import { createRunCounter } from './invoke/runCounter';
import { createStableTokenStore } from './tokens/stableTokenStore';
import { createTicketStore } from './accounts/ticketStore';
import { repeat } from './http/timers';
import { createTokenControls, type TokenControls } from './tokens/tokenControls';
import { createTokenStore } from './tokens/tokenStore';
import { createWeb } from './http/web';

const TIME_LIMIT_MS = 5000;
const TOKEN_LIFETIME_SECONDS = 7200;
const DELAYED_TASKS_CHECK_MS = 500;
const PUSH_TIME_LIMIT_MS = 5000;
const TICKET_INTERVAL_MS = 600_000;

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
	functionList: FunctionListControls;
	storage: StorageControls;
	delayedTasks: DelayedTaskControls;
	pushes: PushControls;
	/** How often a function was started; with a key, how often with this `itemKey` in its event. */
	runs(functionName: string, itemKey?: string | number): number;
	log: SandboxRequest[];
	close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const lifetimeSeconds = options.tokenLifetimeSeconds ?? TOKEN_LIFETIME_SECONDS;
	const now = options.now ?? Date.now;
	const tokens = createTokenStore(lifetimeSeconds, now);
	const stableTokens = createStableTokenStore(tokens, lifetimeSeconds, now);
	const log: SandboxRequest[] = [];
	const write = (entry: SandboxRequest) => {
		log.push(entry);
		options.onRequest?.(entry);
	};
	const record = (request: Request, reply: Reply) => write(describeExchange(request, reply));

	const runner = options.runner ?? (await startFunctionRunner(options.signal));
	const stopRunner = async () => {
		if (runner !== options.runner) await runner.stop();
	};
	const { functionNames } = runner;
	const faultNames = [...functionNames, ...LIST_CALL_NAMES, ...STORAGE_FAULT_NAMES];
	const faults = createFunctionFaults(faultNames);
	const storage = createStorage({ tokens, faults, now });
	const functionList = createFunctionList(functionNames);
	const runs = createRunCounter(functionNames);
	const timeLimitMs = options.timeLimitMs ?? TIME_LIMIT_MS;
	const findFault = createFaultFinder(faults);
	let url = '';
	const run = createCountedRun(runner, runs, () => url + storage.insidePath);
	const tasks = createDelayedTasks({ run, now, record: write });
	const tickets = createTicketStore(now);
	const authorizations = createAuthorizationStore(now);
	const pusher = createPusher({
		tickets,
		authorizations,
		now,
		record: write,
		timeLimitMs: options.pushTimeLimitMs ?? PUSH_TIME_LIMIT_MS,
	});
	const startTickets = (appId: string) => pusher.scheduleTickets(appId, TICKET_INTERVAL_MS);
	const routes = {
		...createRoutes(
			tokens,
			stableTokens,
			{
				now: createGateway({ tokens, functionNames, findFault, run, timeLimitMs }),
				later: createDelayedGateway({ tokens, functionNames, findFault, tasks }),
			},
			{ tickets, authorizations, startTickets },
		),
		...createListRoutes({ tokens, faults, functionList }),
		...storage.calls,
		...createFaultRoutes(faults, faultNames),
		...createPushRoutes(pusher),
	};
	const web = createWeb(routes, storage.streams, record);
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
		functionList: { add: functionList.add, reset: functionList.reset },
		storage: storage.controls,
		delayedTasks: { list: tasks.list, runDue: tasks.runDue },
		pushes: pusher,
		runs: runs.count,
		log,
		close: async () => {
			stopTimer?.();
			pusher.stop();
			tasks.clear();
			await Promise.all([stop(), stopRunner()]);
			await storage.close();
		},
	};
}
