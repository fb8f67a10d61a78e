import axios from 'axios';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { WeChatCloudFunctionApi } from '../../../credentials/WeChatCloudFunctionApi.credentials';
import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { CREDENTIAL_ID, runInvoke, storeOf } from '../../engine/invokeWorkflow';
import { SHOP_APP } from '../../engine/accounts';

// No jitter: a retry waits for nothing.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

function countTokenRequests(): number {
	return sandbox.log.filter(({ path }) => path === '/cgi-bin/stable_token').length;
}

const rows = [{ reply: 1 }, { reply: 2 }, { reply: 3 }];

test('a missing token is requested once for a whole run and found again by the next execution', async () => {
	const store = storeOf(sandbox.url);
	const before = countTokenRequests();
	const first = await runInvoke({ store, rows });
	expect(first.success).toHaveLength(3);
	expect(countTokenRequests() - before).toBe(1);
	const second = await runInvoke({ store, rows });
	expect(second.success).toHaveLength(3);
	expect(countTokenRequests() - before).toBe(1);
});

test('a kept token that is about to end is renewed before it is used', async () => {
	const store = storeOf(sandbox.url);
	await runInvoke({ store, rows });
	const before = countTokenRequests();
	const fourMinutesBeforeItsEnd = Date.now() + 116 * 60_000;
	jest.spyOn(Date, 'now').mockReturnValue(fourMinutesBeforeItsEnd);
	const { success } = await runInvoke({ store, rows });
	expect(success).toHaveLength(3);
	expect(countTokenRequests() - before).toBe(1);
	expect(Number(store.get(CREDENTIAL_ID)?.renewAt)).toBeGreaterThan(fourMinutesBeforeItsEnd);
});

test('a changed App ID never goes on with the old token', async () => {
	const store = storeOf(sandbox.url);
	await runInvoke({ store, rows });
	const stored = store.get(CREDENTIAL_ID) as ICredentialDataDecryptedObject;
	store.set(CREDENTIAL_ID, {
		...stored,
		appId: 'wx-sandbox-plain',
		appSecret: 'sandbox-dummy-secret-plain',
	});
	const { error } = await runInvoke({ store, rows: [rows[0]] });
	expect(error[0].error.errcode).toBe(85088);
});

test('a fixed token is sent as it is, and none is requested', async () => {
	const fixedToken = sandbox.tokens.issue(SHOP_APP.appId);
	const before = countTokenRequests();
	const { success } = await runInvoke({
		store: storeOf(sandbox.url, { source: 'fixed', fixedToken }),
		rows,
	});
	expect(success).toHaveLength(3);
	expect(countTokenRequests() - before).toBe(0);
});

describe('a token that cannot be had is the error of the item, and the function is not called', () => {
	test.each([
		[
			'a wrong AppSecret',
			{ ...SHOP_APP, appSecret: 'sandbox-dummy-wrong' },
			40125,
			'the AppSecret is wrong',
		],
		['a wrong App ID', { ...SHOP_APP, appId: 'wx-sandbox-nobody' }, 40013, 'the App ID is wrong'],
		[
			'an IP address that is not whitelisted',
			{ appId: 'wx-sandbox-office', appSecret: 'sandbox-dummy-secret-office' },
			40164,
			"the IP address of n8n is not in the app's IP whitelist (127.0.0.1)",
		],
		[
			'an empty AppSecret',
			{ ...SHOP_APP, appSecret: '' },
			null,
			'the credential holds no AppSecret',
		],
		[
			'an empty fixed token',
			{ source: 'fixed', fixedToken: '' },
			null,
			'the credential holds no access token',
		],
		[
			'a custom host that is no address',
			{ ...SHOP_APP, customApiHost: 'proxy' },
			null,
			"the credential's custom API host is not a web address",
		],
	])('%s', async (_, credential, errcode, reason) => {
		const before = sandbox.log.length;
		const { success, error } = await runInvoke({
			store: storeOf(sandbox.url, credential),
			rows: [{ id: 1 }],
		});
		expect(success).toEqual([]);
		expect(error).toEqual([{ id: 1, error: expect.objectContaining({ errcode, attempts: 0 }) }]);
		expect(error[0].error).toMatchObject({ category: 'credential-invalid', mayHaveRun: false });
		expect(error[0].error.message).toBe(`"echo" was not run: ${reason}.`);
		const calls = sandbox.log.slice(before).filter(({ path }) => path.startsWith('/tcb/'));
		expect(calls).toEqual([]);
	});

	test('a token host that cannot be reached: try later', async () => {
		const gone = await startSandbox();
		await gone.close();
		const { error } = await runInvoke({ store: storeOf(gone.url), rows: [{}] });
		expect(error[0].error).toMatchObject({
			category: 'temporarily-unavailable',
			mayHaveRun: false,
			attempts: 0,
		});
	});
});

test('no secret leaves the credential, whatever fails', async () => {
	const token = sandbox.tokens.issue(SHOP_APP.appId);
	const echoed = JSON.stringify({ errcode: 40001, errmsg: `not accepted: ${token}` });
	const failing: ICredentialDataDecryptedObject[] = [
		{ source: 'fixed', fixedToken: token },
		{ ...SHOP_APP, appSecret: 'sandbox-dummy-wrong' },
		{ ...SHOP_APP, customApiHost: 'http://127.0.0.1:1' },
		{ source: 'fixed', fixedToken: token, customApiHost: 'http://127.0.0.1:1' },
	];
	const faults = [
		{ reset: true },
		{ status: 200, body: echoed },
		{ status: 500, body: `<p>/tcb/invokecloudfunction?access_token=${token}</p>` },
	];
	for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
		for (const credential of failing) {
			for (const fault of faults) {
				// The row itself holds the token where the fault echoes it: only what the node adds is searched.
				const { run, error } = await runInvoke({
					store: storeOf(sandbox.url, credential),
					rows: [{ sandbox: fault }],
					onError,
				});
				const thrown = run.data.resultData.error;
				const added = [
					...error.map((item) => JSON.stringify(item.error)),
					...(thrown === undefined ? [] : [JSON.stringify(thrown), String(thrown.stack)]),
				].join('\n');
				expect(added).not.toBe('');
				expect(added).not.toContain(token);
				expect(added).not.toContain('sandbox-dummy-wrong');
				expect(added).not.toContain('sandbox-dummy-secret');
			}
		}
	}
});

test("the credential's Test asks WeChat each time, whatever this process knows", async () => {
	const credential = new WeChatCloudFunctionApi();
	const stored = { ...storeOf(sandbox.url).get(CREDENTIAL_ID), accessToken: '' };
	const httpRequest = async ({ url, method, body }: IHttpRequestOptions) => {
		const { data, status, headers } = await axios.request({
			...{ url, method, data: body, responseType: 'text' },
			headers: { 'content-type': 'application/json' },
		});
		return { body: data, statusCode: status, headers };
	};
	const before = countTokenRequests();
	for (const expected of [1, 2]) {
		const kept = await credential.preAuthentication.call({ helpers: { httpRequest } }, stored);
		expect(kept.accessToken).toMatch(/^sandbox-token-/);
		expect(countTokenRequests() - before).toBe(expected);
	}
});
