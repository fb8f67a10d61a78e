/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OPERATIONS } from '../../../nodes/WeChatOpenPlatform/parameters';
import { storeOf } from '../../engine/invokeWorkflow';
import { PROVIDER_CREDENTIAL, runPlatform } from '../../engine/platformWorkflow';
import { startStrangeWeChat, type StrangeWeChat } from './strangeWeChat';

const folder = path.join(__dirname, '../../../nodes/WeChatOpenPlatform/__schema__/v1.0.0');
const operations = OPERATIONS.map(({ entry }) => String(entry.value));

let weChat: StrangeWeChat;
beforeAll(async () => {
	weChat = await startStrangeWeChat();
	const customer = { authorizer_appid: 'wx-customer', auth_time: 1700000000 };
	weChat.answerWith({
		api_query_auth: () => ({
			authorization_info: {
				...customer,
				authorizer_refresh_token: 'sandbox-dummy',
				func_info: [{ funcscope_category: { id: 49 } }],
			},
		}),
		api_get_authorizer_list: () => ({
			total_count: 1,
			list: [{ ...customer, refresh_token: 'sandbox-dummy' }],
		}),
		api_create_preauthcode: () => ({ pre_auth_code: 'sandbox-dummy', expires_in: 1800 }),
		api_start_push_ticket: () => ({ errcode: 0, errmsg: 'ok' }),
	});
});
afterAll(async () => await weChat.close());

test.each(operations)(
	'before a run, the editor knows the fields of %s as they come',
	async (operation) => {
		const { properties } = JSON.parse(
			readFileSync(path.join(folder, `${operation}.json`), 'utf8'),
		) as { properties: Record<string, { type: string }> };
		const store = storeOf(weChat.url, PROVIDER_CREDENTIAL);
		const parameters = {
			operation,
			authorizationCode: 'code',
			redirectUrl: 'https://www.example.com/',
		};
		const { success } = await runPlatform(store, [{}], parameters);
		const types = Object.entries(success[0]).map(([name, value]) => [name, nameType(value)]);
		expect(Object.entries(properties).map(([name, { type }]) => [name, type])).toEqual(types);
	},
);

test('there is a list of fields for each operation, and for nothing else', () => {
	const files = readdirSync(folder).map((file) => path.basename(file, '.json'));
	expect(files.sort()).toEqual([...operations].sort());
});

function nameType(value: unknown): string {
	if (Array.isArray(value)) return 'array';
	return typeof value === 'number' ? 'integer' : typeof value;
}
