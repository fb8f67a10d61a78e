/* eslint-disable @n8n/community-nodes/no-restricted-globals -- this runs on Node, not inside n8n */
import { sendRequest } from '../../../credentials/http';
import { makeRows } from '../../engine/counting';
import { runInvoke, storeOf } from '../../engine/invokeWorkflow';
import { startScriptedServer, type ScriptedServer } from '../../engine/scriptedServer';
import { SHOP_APP } from '../../engine/accounts';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let server: ScriptedServer;
afterEach(async () => await server.close());

const STABLE_PATH = '/cgi-bin/stable_token';
const INVOKE = '/tcb/invokecloudfunction';
const GRANT = { body: { access_token: 'example-dummy-token', expires_in: 7200 } };
const DONE = { body: { errcode: 0, errmsg: 'ok', resp_data: '"done"' } };

/** Lets time limits end after 50 ms: the first so many; the others are as they were. */
function shortenLimits(count: number): void {
	const timeout = AbortSignal.timeout.bind(AbortSignal);
	const limits = jest.spyOn(AbortSignal, 'timeout');
	for (let i = 0; i < count; i++) limits.mockImplementationOnce(() => timeout(50));
}

test('a call whose answer trickles ends at the time limit, and its connection is closed', async () => {
	server = await startScriptedServer({ [STABLE_PATH]: GRANT, [INVOKE]: { trickles: true } });
	const options = { timeout: 100, maxTries: 1 };
	const { error } = await runInvoke({
		store: storeOf(server.url),
		rows: makeRows(1),
		parameters: { options },
	});
	expect(error[0].error).toMatchObject({ category: 'outcome-unknown', mayHaveRun: true });
	expect(error[0].error.message).toContain('within the time limit');
	await server.requests[1].closed;
});

test('a token whose answer trickles is asked for again, and those who wait with it go on', async () => {
	shortenLimits(1);
	server = await startScriptedServer(
		{ [STABLE_PATH]: GRANT, [INVOKE]: DONE },
		{ [STABLE_PATH]: [{ trickles: true }] },
	);
	const runs = [1, 2, 3].map(
		async () => await runInvoke({ store: storeOf(server.url), rows: makeRows(2) }),
	);
	const results = await Promise.all(runs);
	expect(results.flatMap(({ error }) => error)).toEqual([]);
	expect(server.count(STABLE_PATH)).toBe(2);
	await server.requests[0].closed;
});

test('a token server that trickles for ever: to be tried later, in every execution', async () => {
	shortenLimits(6);
	server = await startScriptedServer({ '/tokens': { trickles: true } });
	const fields = { source: 'tokenServer', responseField: 'access_token' };
	const store = storeOf(server.url, { ...fields, tokenServerUrl: `${server.url}/tokens` });
	const parameters = { options: { maxTries: 1 } };
	for (let run = 0; run < 2; run++) {
		const { error } = await runInvoke({ store, rows: makeRows(1), parameters });
		expect(error[0].error).toMatchObject({
			category: 'temporarily-unavailable',
			retryable: true,
			mayHaveRun: false,
		});
	}
	expect(server.count('/tokens')).toBe(6);
	await Promise.all(server.requests.map(async ({ closed }) => await closed));
});

test('calls that begin together each end at a time limit of their own', async () => {
	server = await startScriptedServer({});
	const request = { method: 'GET', path: '/', query: {} } as const;
	const never = async () => await new Promise<never>(() => {});
	void sendRequest(never, server.url, request, 1_000_000);
	const answer = await sendRequest(never, server.url, request, 1);
	expect(answer).toEqual({ kind: 'none', reason: 'timeout' });
});

test('the time limit ends also what does not heed it, and leaves nothing behind', async () => {
	server = await startScriptedServer({});
	const removed = jest.spyOn(AbortSignal.prototype, 'removeEventListener');
	const request = { method: 'GET', path: '/', query: {} } as const;
	const never = async () => await new Promise<never>(() => {});
	const { signal: cancel } = new AbortController();
	const answer = await sendRequest(never, server.url, request, 1, cancel);
	expect(answer).toEqual({ kind: 'none', reason: 'timeout' });
	expect(removed.mock.contexts).toEqual([expect.anything(), cancel]);
	const quick = async () => ({ statusCode: 200, headers: {}, body: 'fine' });
	const fine = await sendRequest(quick, server.url, request, 10, cancel);
	expect(fine).toMatchObject({ text: 'fine' });
	expect(removed.mock.contexts).toEqual([expect.anything(), cancel, expect.anything(), cancel]);
});

test('Stop in the editor ends a call at once, long before its time limit', async () => {
	server = await startScriptedServer({ [STABLE_PATH]: GRANT, [INVOKE]: { trickles: true } });
	let stop = () => {};
	const run = runInvoke({
		store: storeOf(server.url, SHOP_APP),
		rows: makeRows(1),
		parameters: { options: { timeout: 600_000 } },
		onStart: (cancel) => (stop = cancel),
	});
	await server.arrived(INVOKE);
	stop();
	await run;
	await server.requests[1].closed;
});

test('as many calls at once as there may be make Node.js warn of no leak', async () => {
	const warnings: string[] = [];
	const note = ({ message }: Error) => warnings.push(message);
	process.on('warning', note);
	server = await startScriptedServer({ [STABLE_PATH]: GRANT, [INVOKE]: DONE });
	const parameters = { options: { concurrency: 50 } };
	const { error } = await runInvoke({
		store: storeOf(server.url),
		rows: makeRows(100),
		parameters,
	});
	process.off('warning', note);
	expect(error).toEqual([]);
	expect(warnings).toEqual([]);
});
