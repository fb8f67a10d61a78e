import type { IBinaryData } from 'n8n-workflow';
import { countInvocations } from '../../../engine/counting';
import { runInvoke, storeOf, type Step } from '../../../engine/invokeWorkflow';
import { useFreshSandbox, type Sandbox } from '../../../engine/sandbox';
import { makeFile } from './storedFiles';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let sandbox: Sandbox;
let file: IBinaryData;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});
beforeAll(async () => {
	file = await makeFile(Buffer.from('the file'), 'a.txt');
});

async function run(step: Partial<Step> = {}, options: object = {}) {
	return await runInvoke({
		store: storeOf(sandbox.url),
		rows: [{ id: 1 }],
		binary: { file },
		...step,
		parameters: { ...step.parameters, options: { sendFiles: true, ...options } },
	});
}

const uploads = () => sandbox.log.filter(({ path }) => path.startsWith('/sandbox/cos/')).length;
const xml = (code: string, message: string) =>
	`<Error><Code>${code}</Code><Message>${message}</Message><RequestId>NWQ1</RequestId></Error>`;

test('what the storage says is in the failure of the item, and its function is not called', async () => {
	const body = xml('EntityTooLarge', 'Your proposed upload exceeds the maximum');
	sandbox.faults.set('postObject', { status: 400, body });
	const { error, success } = await run();
	expect(success).toEqual([]);
	expect(error).toEqual([
		{
			id: 1,
			error: {
				message:
					'"echo" was not run: its file "file" could not be put into cloud storage: the file is too large (EntityTooLarge: Your proposed upload exceeds the maximum).',
				errcode: null,
				errmsg: 'EntityTooLarge: Your proposed upload exceeds the maximum\nRequestId: NWQ1',
				category: 'configuration-invalid',
				retryable: false,
				mayHaveRun: false,
				attempts: 0,
				hint: 'Send a smaller file.',
				environment: 'shop-demo',
				function: 'echo',
			},
		},
	]);
	expect(countInvocations(sandbox)).toBe(0);
	expect(uploads()).toBe(1);
});

test.each([
	['no permission set 49', { errcode: 61007 }, 'uploadfile', /permission set 49/],
	['no permission', { errcode: 48001 }, 'uploadfile', /permission set 49/],
	['a path that is not allowed', { errcode: -501007 }, 'uploadfile', /File Path/],
	[
		'a storage that refuses',
		{ status: 403, body: xml('AccessDenied', 'Access Denied.') },
		'postObject',
		/permissions of cloud storage/,
	],
	['a login page in between', { html: true as const }, 'postObject', /proxy/],
	['a redirect in between', { redirect: true as const }, 'postObject', /proxy/],
])('%s has its hint', async (_, fault, call, hint) => {
	sandbox.faults.set(call, fault);
	const { error } = await run();
	expect(error[0].error).toMatchObject({ attempts: 0, mayHaveRun: false, retryable: false });
	expect(error[0].error.hint).toMatch(hint);
	expect(countInvocations(sandbox)).toBe(0);
	expect(sandbox.log.map(({ path }) => path)).not.toContain('/sandbox/login');
});

test('a grant that is over is replaced by a new one, without the function being called for it', async () => {
	const body = xml('AccessDenied', 'Request has expired');
	sandbox.faults.set('postObject', { status: 403, body, times: 1 });
	expect((await run()).success).toHaveLength(1);
	expect(sandbox.log.filter(({ path }) => path === '/tcb/uploadfile')).toHaveLength(2);
	expect(countInvocations(sandbox)).toBe(1);
});

test('an upload is tried as often as Max Tries says', async () => {
	sandbox.faults.set('postObject', { reset: true });
	const { error } = await run({}, { maxTries: 2 });
	expect(error[0].error).toMatchObject({
		category: 'temporarily-unavailable',
		retryable: true,
		attempts: 0,
	});
	expect(uploads()).toBe(2);
	expect(sandbox.log.filter(({ path }) => path === '/tcb/uploadfile')).toHaveLength(2);
});

test('an upload that hangs ends with its time, and the rest goes on', async () => {
	const { timeout } = AbortSignal;
	jest
		.spyOn(AbortSignal, 'timeout')
		.mockImplementation((ms) => (ms < 30_000 ? timeout(ms) : AbortSignal.abort()));
	const { error } = await run({}, { maxTries: 1 });
	expect(error[0].error.message).toContain('it took too long');
});

test('an item that fails leaves its batch, and the others go', async () => {
	sandbox.faults.set('postObject', { status: 403, body: xml('AccessDenied', 'no'), times: 1 });
	const { success, error } = await run(
		{
			rows: [{ id: 1 }, { id: 2 }, { id: 3 }],
			binary: [{ file }, undefined, undefined],
			parameters: { invoke: 'oncePerBatch', batchSize: 3 },
		},
		{ maxTries: 1 },
	);
	expect(success).toMatchObject([{ items: [{ id: 2 }, { id: 3 }] }]);
	expect(error).toMatchObject([{ id: 1, error: { attempts: 0 } }]);
});

test('with On Error = Stop Workflow a failed upload stops before any function is called', async () => {
	sandbox.faults.set('uploadfile', { errcode: 61007 });
	const { run: result } = await run({
		rows: [{ id: 1 }, { id: 2 }],
		onError: 'stopWorkflow',
		parameters: { invoke: 'oncePerBatch' },
	});
	expect(result.status).toBe('error');
	expect(countInvocations(sandbox)).toBe(0);
});

test('a token that WeChat refuses is renewed for the grant, and reaches no storage', async () => {
	expect((await run()).success).toHaveLength(1);
	sandbox.tokens.expireAll();
	expect((await run()).success).toHaveLength(1);
	expect(sandbox.storage.list()).toHaveLength(2);
});

test('no token and nothing of a grant is in what comes out, whatever the storage says', async () => {
	const seen: string[] = [];
	const spoilt = [
		{ status: 403, body: xml('AccessDenied', 'x') },
		{ errcode: 48001 },
		{ half: true as const },
	];
	for (const fault of spoilt) {
		sandbox.faults.clear();
		sandbox.faults.set('errcode' in fault ? 'uploadfile' : 'postObject', fault);
		seen.push(JSON.stringify((await run({}, { maxTries: 1 })).run));
	}
	sandbox.faults.clear();
	seen.push(JSON.stringify((await run()).run));
	const secrets = [...sandbox.storage.listSecrets(), ...sandbox.tokens.listAll()];
	expect(secrets.length).toBeGreaterThan(6);
	for (const text of seen) {
		expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
		expect(text).not.toContain('q-sign');
	}
});

describe("with n8n's Retry On Fail", () => {
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	test('a file that is in cloud storage is not sent again, and keeps its file ID', async () => {
		sandbox.faults.set('echo', { errcode: 40097, times: 2 });
		const { success } = await run({ node });
		expect(success).toMatchObject([{ files: { file: { fileName: 'a.txt' } } }]);
		expect(uploads()).toBe(1);
		expect(countInvocations(sandbox)).toBe(3);
	});

	test('a file that could not be sent is', async () => {
		sandbox.faults.set('uploadfile', { errcode: 61007, times: 1 });
		expect((await run({ node })).success).toHaveLength(1);
		expect(uploads()).toBe(1);
	});
});

test('as many files are under way at a time as Concurrency says', async () => {
	sandbox.faults.set('postObject', { delayMs: 20 });
	const binary = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`f${i}`, file]));
	expect((await run({ binary }, { concurrency: 2 })).success).toHaveLength(1);
	let underWay = 0;
	const counts = sandbox.log.map(({ path }) => {
		if (path === '/tcb/uploadfile') underWay += 1;
		if (path.startsWith('/sandbox/cos/')) underWay -= 1;
		return underWay;
	});
	expect(Math.max(...counts)).toBe(2);
	expect(uploads()).toBe(6);
});
