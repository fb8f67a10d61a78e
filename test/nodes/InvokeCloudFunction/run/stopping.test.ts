import type { NodeApiError } from 'n8n-workflow';
import { startHeldServer, type HeldServer } from '../../../engine/heldServer';
import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';
import { startSandbox, type Sandbox } from '../../../engine/sandbox';

let sandbox: Sandbox;
let held: HeldServer;
beforeEach(async () => {
	sandbox = await startSandbox();
	held = await startHeldServer();
});
afterEach(async () => {
	await sandbox.close();
	await held.close();
});

async function stop(rows: unknown[], options: object = {}, more: object = {}) {
	const { run } = await runInvoke({
		store: storeOf(sandbox.url),
		rows,
		parameters: { options },
		onError: 'stopWorkflow',
		...more,
	});
	return run.data.resultData.error as NodeApiError;
}

const slow = (fault: object = {}) => ({ reply: 'fine', sandbox: { delayMs: 150, ...fault } });
const refused = { sandbox: { errcode: 40097 } };
const fill = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

test('the calls under way are counted with the outcome that they came to', async () => {
	const error = await stop([slow(), slow(), refused, slow(), slow(), ...fill(15)]);
	expect(error.description).toContain(
		'Of 20 items 4 had run, 0 may have run, 1 was refused (item 3), 15 were not sent.',
	);
	expect(error.description).toContain("n8n's own [item 2] is item 3.");
});

test('those that may have run are named', async () => {
	const broken = slow({ half: true });
	const error = await stop([slow(), broken, { throws: 'no stock' }, broken, slow(), ...fill(15)]);
	expect(error.message).toBe('"echo" ran and failed: no stock.');
	expect(error.description).toContain(
		'Of 20 items 3 had run, 2 may have run (items 2, 4), 15 were not sent.',
	);
	expect(error.description).toContain('What was sent: {"throws":"no stock"');
});

test('what an earlier try of Retry On Fail had done is counted as well', async () => {
	const rows = [{ reply: 1 }, { reply: 2 }, refused, { reply: 4 }];
	const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const error = await stop(rows, { concurrency: 1 }, { node });
	expect(error.description).toContain(
		'Of 4 items 2 had run, 0 may have run, 1 was refused (item 3), 1 was not sent.',
	);
});

test('after a stop nothing is sent any more by those that wait for the token', async () => {
	held.hold({ tokens: true });
	const rows = [{ name: 'echo' }, { name: 'echo' }, { name: 'no/name' }];
	const running = runInvoke({
		store: storeOf(held.url),
		rows,
		parameters: { functionName: '={{ $json.name }}' },
		onError: 'stopWorkflow',
	});
	await held.tokenAsked();
	held.hold({ tokens: false, calls: false });
	const { run } = await running;
	expect(held.calls).toEqual([]);
	const error = run.data.resultData.error as NodeApiError;
	expect(error.description).toContain('Of 3 items 0 had run, 0 may have run, 3 were not sent.');
});

test('what an earlier try may have run is counted, also where this one did not come to it', async () => {
	const rows = [slow({ half: true }), slow({ half: true }), { throws: 'no stock' }];
	const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const error = await stop([...rows, { reply: 4 }], { concurrency: 3 }, { node });
	expect(error.message).toContain('"echo" may have run: ');
	expect(error.description).toContain(
		'Of 4 items 1 had run, 2 may have run (items 1, 2), 1 was not sent.',
	);
});
