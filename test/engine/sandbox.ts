/* eslint-disable @n8n/community-nodes/no-restricted-globals -- this runs on Node, not inside n8n */
import { startFunctionRunner, type FunctionRunner } from '../../sandbox/runner/functionRunner';
import {
	startSandbox as startWithOwnRunner,
	type Sandbox,
	type SandboxOptions,
} from '../../sandbox/server';

export type { FunctionRunner, Sandbox, SandboxOptions };

const SHARED = Symbol.for('n8n-nodes-wechat-cloud-function.functionRunner');

/**
 * The process that runs the functions takes a second to start: one serves all test files that run in this process, and
 * ends with it. To stop it does nothing; a test whose function runs on for long, or dies, starts one of its own.
 */
export async function shareFunctionRunner(): Promise<FunctionRunner> {
	const kept = globalThis as { [SHARED]?: Promise<FunctionRunner> };
	kept[SHARED] ??= startFunctionRunner();
	const runner = await kept[SHARED];
	runner.unref();
	return { ...runner, stop: async () => {} };
}

/** A sandbox whose functions run in the shared process; `runner` is another one. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	return await startWithOwnRunner({ runner: await shareFunctionRunner(), ...options });
}

/** A sandbox for each test of a file, as this process remembers tokens by address. */
export function useFreshSandbox(use: (sandbox: Sandbox, runner: FunctionRunner) => void): void {
	let sandbox: Sandbox;
	beforeEach(async () => {
		const runner = await shareFunctionRunner();
		sandbox = await startSandbox({ runner });
		use(sandbox, runner);
	});
	afterEach(async () => await sandbox.close());
}
