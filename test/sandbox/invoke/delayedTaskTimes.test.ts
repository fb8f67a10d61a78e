import { createSignal, invokeLater } from '../client';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../engine/sandbox';

const MAX_DELAY_SECONDS = 2_592_000;

let sandbox: Sandbox;

afterEach(async () => {
	await sandbox.close();
	jest.useRealTimers();
});

/** Only the timer of the sandbox and its clock are the test's: the requests are real. */
async function openOnFakeTime(options: SandboxOptions = {}): Promise<void> {
	jest.useFakeTimers({
		doNotFake: [
			'clearImmediate',
			'clearTimeout',
			'hrtime',
			'nextTick',
			'performance',
			'queueMicrotask',
			'setImmediate',
			'setTimeout',
		],
	});
	sandbox = await startSandbox(options);
}

test('without a clock of its own, the sandbox runs tasks by itself and leaves no timer', async () => {
	const ended = createSignal();
	await openOnFakeTime({ onRequest: ({ path }) => path === '(delayed)' && ended.give() });
	await invokeLater(sandbox);
	jest.advanceTimersByTime(5900);
	expect(sandbox.delayedTasks.list()).toHaveLength(1);
	jest.advanceTimersByTime(600);
	await ended.given;
	expect(sandbox.runs('echo')).toBe(1);
	await sandbox.close();
	expect(jest.getTimerCount()).toBe(0);
});

test('with a clock of its own, the sandbox has no timer', async () => {
	await openOnFakeTime({ now: () => 0 });
	expect(jest.getTimerCount()).toBe(0);
});

test('the longest delay, which a Node timer could not hold, is kept', async () => {
	let nowMs = 0;
	sandbox = await startSandbox({ now: () => nowMs });
	await invokeLater(sandbox, { delay_time: MAX_DELAY_SECONDS });
	nowMs = MAX_DELAY_SECONDS * 1000 - 1;
	await sandbox.delayedTasks.runDue();
	expect(sandbox.runs('echo')).toBe(0);
	nowMs += 1;
	await sandbox.delayedTasks.runDue();
	expect(sandbox.runs('echo')).toBe(1);
});

test('close forgets what is still to run', async () => {
	let nowMs = 0;
	sandbox = await startSandbox({ now: () => nowMs });
	await invokeLater(sandbox);
	await sandbox.close();
	expect(sandbox.delayedTasks.list()).toEqual([]);
	nowMs = 6000;
	await sandbox.delayedTasks.runDue();
	expect(sandbox.log.map(({ path }) => path)).toEqual(['/tcb/adddelayedfunctiontask']);
});

test('an answer that is lost leaves the task kept, and its fault does not act on the run', async () => {
	let nowMs = 0;
	sandbox = await startSandbox({ now: () => nowMs });
	sandbox.faults.set('echo', { reset: true });
	await expect(invokeLater(sandbox)).rejects.toMatchObject({ code: 'ECONNRESET' });
	nowMs = 6000;
	await sandbox.delayedTasks.runDue();
	expect(sandbox.log.at(-1)).toMatchObject({ path: '(delayed)', ran: 'yes', errcode: 0 });
});

test('the time limit of an invocation does not cut a delayed run', async () => {
	let nowMs = 0;
	sandbox = await startSandbox({ now: () => nowMs, timeLimitMs: 20 });
	await invokeLater(sandbox, { data: '{"waitMs":60}' });
	nowMs = 6000;
	await sandbox.delayedTasks.runDue();
	expect(sandbox.log.at(-1)).toMatchObject({ path: '(delayed)', ran: 'yes', errcode: 0 });
});
