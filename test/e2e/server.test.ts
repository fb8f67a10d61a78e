/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CredentialToTest, Session } from '../../n8n/session';
import { openOwnSession } from './harness/owner';
import {
	credentialOf,
	OPEN_TIMEOUT_MS,
	openRealN8n,
	TEST_TIMEOUT_MS,
	type RealN8n,
} from './harness/realN8n';
import { testSince } from './harness/testSince';
import { SHOP_APP } from '../engine/accounts';

jest.setTimeout(TEST_TIMEOUT_MS);

let real: RealN8n;
let session: Session;

beforeAll(async () => {
	real = await openRealN8n();
	const { n8n, sandbox } = real;
	await n8n.importCredentials([credentialOf('wechatSandboxDemo', sandbox.url, SHOP_APP)]);
	const { url } = await n8n.start();
	session = await openOwnSession(url);
}, OPEN_TIMEOUT_MS);

afterAll(async () => await real.close());

async function testCredential(fields: Record<string, unknown>) {
	const { id, ...credential } = credentialOf('wechatSandboxDemo', real.sandbox.url, fields);
	return await session.testCredential({ id, ...credential });
}

describe("the credential's Test button", () => {
	test('a good App ID and AppSecret', async () => {
		expect(await testCredential(SHOP_APP)).toMatchObject({ status: 'OK' });
	});

	test.each([
		[
			'a wrong AppSecret',
			{ ...SHOP_APP, appSecret: 'sandbox-dummy-wrong' },
			/^The AppSecret is wrong\. Copy the AppSecret from the WeChat console/,
		],
		[
			'a wrong App ID',
			{ ...SHOP_APP, appId: 'wx-sandbox-nobody' },
			/^The App ID is wrong\. Copy the App ID from the WeChat console/,
		],
		[
			'an IP address that is not whitelisted',
			{ appId: 'wx-sandbox-office', appSecret: 'sandbox-dummy-secret-office' },
			/^The IP address of n8n is not in the app's IP whitelist \(127\.0\.0\.1\)\. Add the address/,
		],
		['no AppSecret', { ...SHOP_APP, appSecret: '' }, /^The credential holds no AppSecret\./],
		[
			'a host nobody listens on',
			{ ...SHOP_APP, customApiHost: 'http://127.0.0.1:1' },
			/^WeChat could not be reached for a token\./,
		],
		[
			'a fixed token WeChat does not know',
			{ source: 'fixed', fixedToken: 'sandbox-dummy-unknown' },
			/^WeChat refused the token: the access token is not valid\./,
		],
	])('%s', async (_, fields, message) => {
		expect(await testCredential(fields)).toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});

	test.each([
		['a wrong AppSecret', { appSecret: 'sandbox-dummy-wrong' }, 'The AppSecret is wrong.'],
		['a wrong App ID', { appId: 'wx-sandbox-nobody' }, 'The App ID is wrong.'],
		['a host nobody listens on', { customApiHost: 'http://127.0.0.1:1' }, 'WeChat could not be'],
	])('%s, put in after a green test', async (_, edit, message) => {
		expect(await testCredential(SHOP_APP)).toMatchObject({ status: 'OK' });
		// As the editor has it: the hidden fields with what is kept, the secret ones blanked out.
		const { data, ...credential } = (await session.request(
			'GET',
			'/credentials/wechatSandboxDemo?includeData=true',
		)) as CredentialToTest;
		expect(data).toMatchObject({
			accessToken: expect.stringMatching(/./),
			validFor: expect.stringMatching(/./),
		});
		expect(
			await session.testCredential({ ...credential, data: { ...data, ...edit } }),
		).toMatchObject({ status: 'Error', message: expect.stringContaining(message) });
	});

	test('a good fixed token', async () => {
		const fixedToken = real.sandbox.tokens.issue(SHOP_APP.appId);
		expect(await testCredential({ source: 'fixed', fixedToken })).toMatchObject({ status: 'OK' });
	});
});

describe('Allowed HTTP Request Domains, a field that n8n adds', () => {
	testSince(
		{
			notOn: '2.20.12',
			because: 'n8n 2.20 tests no credential that HTTP Request nodes may not use.',
		},
		'None: the test is green',
		async () => {
			const fields = { ...SHOP_APP, allowedHttpRequestDomains: 'none' };
			expect(await testCredential(fields)).toMatchObject({ status: 'OK' });
		},
	);

	testSince(
		{ n8n: '2.41', because: 'Older versions hold no request for a token to the list.' },
		'a list without the API host: the test says so',
		async () => {
			const domains = { allowedHttpRequestDomains: 'domains', allowedDomains: 'example.com' };
			expect(await testCredential({ ...SHOP_APP, ...domains })).toEqual({
				status: 'Error',
				message: expect.stringContaining('Allowed HTTP Request Domains'),
			});
		},
	);
});

test('the node is offered as a tool of AI agents', async () => {
	const types = await session.listNodeTypes();
	expect(types).toContain('n8n-nodes-wechat-cloud-function.invokeCloudFunction');
	expect(types).toContain('n8n-nodes-wechat-cloud-function.invokeCloudFunctionTool');
});

test("no token or secret in n8n's own log, after all of these", async () => {
	const log = await readFile(path.join(real.n8n.userFolder, 'n8n.log'), 'utf8');
	expect(log).toContain('Editor is now accessible');
	const secrets = [
		...real.sandbox.tokens.listAll(),
		...['sandbox-dummy-secret', 'sandbox-dummy-wrong', 'sandbox-dummy-unknown'],
	];
	expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
});
