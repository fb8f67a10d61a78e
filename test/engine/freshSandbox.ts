import { startFunctionRunner, type FunctionRunner } from '../../sandbox/runner/functionRunner';
import { startSandbox, type Sandbox } from '../../sandbox/server';

/**
 * A sandbox for each test of a file, as this process remembers tokens by address; the functions run in
 * one process for all of them.
 */
export function useFreshSandbox(use: (sandbox: Sandbox, runner: FunctionRunner) => void): void {
	let runner: FunctionRunner;
	let sandbox: Sandbox;
	beforeAll(async () => {
		runner = await startFunctionRunner();
	});
	beforeEach(async () => {
		sandbox = await startSandbox({ runner });
		use(sandbox, runner);
	});
	afterEach(async () => await sandbox.close());
	afterAll(async () => await runner.stop());
}
