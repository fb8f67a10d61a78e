import { runInvoke, storeOf } from '../../../engine/invokeWorkflow';
import { startScriptedServer, type ScriptedAnswer } from '../../../engine/scriptedServer';
import { SHOP_APP } from '../../../engine/accounts';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

const INVOKE = '/tcb/invokecloudfunction';
const BROKEN: ScriptedAnswer = { resets: true };
const TOO_LARGE: ScriptedAnswer = { body: { errcode: -604001, errmsg: 'response size too large' } };
const THREW: ScriptedAnswer = {
	body: { errcode: -504002, errmsg: 'functions execute fail | errMsg: Error: no stock' },
};
const RATE: ScriptedAnswer = { body: { errcode: 45011, errmsg: 'too often' } };

interface Step {
	rows?: unknown[];
	parameters?: object;
	node?: object;
}

/** The first call gets this answer; those after it are refused, so that they run nothing. */
async function runThenRefuse(
	first: ScriptedAnswer,
	{ rows = [{ id: 1 }], parameters, node }: Step,
) {
	const server = await startScriptedServer({ [INVOKE]: RATE }, { [INVOKE]: [first] });
	const { error } = await runInvoke({
		store: storeOf(server.url, { ...SHOP_APP, source: 'fixed', fixedToken: 'example-dummy' }),
		rows,
		parameters: { ...parameters },
		node,
	});
	await server.close();
	return error.map(({ error: failure }) => failure);
}

const options = { waitForLimits: 0, maxTries: 3, safeToRepeat: true };

test('a call that may have run is told, though the tries after it were refused', async () => {
	const [failure] = await runThenRefuse(BROKEN, { parameters: { options } });
	expect(failure).toMatchObject({ category: 'outcome-unknown', mayHaveRun: true, attempts: 3 });
	expect(failure.message).toContain('"echo" may have run: ');
});

test('a batch whose result was too large has run, though its halves were refused', async () => {
	const failures = await runThenRefuse(TOO_LARGE, {
		rows: [{ id: 1 }, { id: 2 }],
		parameters: { invoke: 'oncePerBatch', options: { ...options, maxTries: 1 } },
	});
	expect(failures).toHaveLength(2);
	for (const failure of failures) expect(failure).toMatchObject({ mayHaveRun: true, attempts: 2 });
});

test("what ran in an earlier try of n8n's Retry On Fail is told, though it was refused in the next", async () => {
	const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const parameters = { options: { ...options, safeToRepeat: false, maxTries: 1 } };
	const [failure] = await runThenRefuse(THREW, { parameters, node });
	expect(failure).toMatchObject({
		...{ category: 'function-error', mayHaveRun: true },
		message: '"echo" ran and failed: no stock.',
	});
});
