import { startSandbox, type Sandbox } from '../../engine/sandbox';
import { askAsComponent, expectCode, SHOP } from '../client';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterAll(async () => await sandbox.close());

test.each([
	[40101, { offset: 0 }],
	[40101, { count: 1 }],
	[40097, { offset: 0, count: 501 }],
	[40097, { offset: -1, count: 1 }],
	[40097, { offset: '0', count: 1 }],
])('%i: a list request with %j', async (errcode, page) => {
	await expectCode(askAsComponent(sandbox, 'api_get_authorizer_list', page), errcode, '');
});

describe.each(['api_query_auth', 'api_get_authorizer_list', 'api_create_preauthcode'])(
	'%s',
	(name) => {
		test.each([
			[43002, { method: 'GET' }],
			[41001, { query: {} }],
			[40014, { query: { access_token: 'sandbox-token-unknown' } }],
			[44002, { body: undefined }],
			[47001, { body: 'component_appid=wx-sandbox-provider' }],
			[41018, { body: {} }],
			[61011, { body: { component_appid: 'wx-sandbox-provider-office' } }],
		])('%i: a request made with %j', async (errcode, request) => {
			await expectCode(askAsComponent(sandbox, name, {}, request), errcode, '');
		});

		test('61014: a token of another kind', async () => {
			const access_token = sandbox.tokens.issue(SHOP.appid);
			const answer = askAsComponent(sandbox, name, {}, { query: { access_token } });
			await expectCode(answer, 61014, 'must use component token');
		});
	},
);
