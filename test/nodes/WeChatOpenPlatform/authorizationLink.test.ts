import { storeOf } from '../../engine/invokeWorkflow';
import { PROVIDER_CREDENTIAL, runPlatform } from '../../engine/platformWorkflow';
import { startStrangeWeChat, type StrangeWeChat } from './strangeWeChat';

let weChat: StrangeWeChat;
beforeEach(async () => {
	weChat = await startStrangeWeChat();
	weChat.answerWith({
		api_create_preauthcode: () => ({ pre_auth_code: 'preauthcode@@@a+b', expires_in: 1800 }),
	});
});
afterEach(async () => {
	jest.restoreAllMocks();
	await weChat.close();
});

const run = async (parameters: object) =>
	await runPlatform(storeOf(weChat.url, PROVIDER_CREDENTIAL), [{}], {
		operation: 'getAuthorizationLink',
		redirectUrl: 'https://www.example.com/welcome?shop=茶&x=1',
		...parameters,
	});

const readQuery = (url: unknown) => Object.fromEntries(new URL(String(url)).searchParams);
const common = {
	component_appid: 'wx-sandbox-provider',
	pre_auth_code: 'preauthcode@@@a+b',
	redirect_uri: 'https://www.example.com/welcome?shop=茶&x=1',
	auth_type: '2',
};

test('one link for a computer and one for a phone, with one code that is good for a while', async () => {
	jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2025, 2, 1));
	const { success } = await run({});
	const [{ authorizationUrl, mobileAuthorizationUrl, ...rest }] = success;
	expect(rest).toEqual({
		componentAppid: 'wx-sandbox-provider',
		expiresAt: '2025-03-01T00:30:00.000Z',
	});
	expect(authorizationUrl).toMatch(/^https:\/\/mp\.weixin\.qq\.com\/cgi-bin\/componentloginpage\?/);
	expect(readQuery(authorizationUrl)).toEqual(common);
	expect(mobileAuthorizationUrl).toMatch(
		/^https:\/\/open\.weixin\.qq\.com\/wxaopen\/safe\/bindcomponent\?.*#wechat_redirect$/,
	);
	expect(readQuery(mobileAuthorizationUrl)).toEqual({
		action: 'bindcomponent',
		no_scan: '1',
		...common,
	});
	expect(weChat.asked).toEqual([
		{ name: 'api_create_preauthcode', body: { component_appid: 'wx-sandbox-provider' } },
	]);
});

test.each([
	[{ accountType: 'officialAccount' }, { auth_type: '1' }],
	[{ accountType: 'both' }, { auth_type: '3' }],
	[{ authorizerAppId: ' wx-customer ' }, { biz_appid: 'wx-customer' }],
])('%j is told to the page', async (parameters, query) => {
	const { success } = await run(parameters);
	expect(readQuery(success[0].authorizationUrl)).toEqual({ ...common, ...query });
});

test.each([
	[{ redirectUrl: '={{ "" }}' }, 'The page after authorization is no web address.'],
	[{ redirectUrl: 'www.example.com' }, 'The page after authorization is no web address.'],
	[{ redirectUrl: 'javascript:alert(1)' }, 'The page after authorization is no web address.'],
	[{ accountType: '={{ "toString" }}' }, 'The account type is none that WeChat knows.'],
])('%j makes no link', async (parameters, message) => {
	const { success, error } = await run(parameters);
	expect(success).toEqual([]);
	expect(error[0].error.message).toBe(message);
	expect(weChat.asked).toEqual([]);
});

test.each([
	[{ errcode: 61004, errmsg: 'access clientip is not registered requestIP: 203.0.113.7' }, 61004],
	[{ errcode: 0, errmsg: 'ok' }, null],
	[{ pre_auth_code: '' }, null],
])('the answer %j makes no link', async (answer, errcode) => {
	weChat.answerWith({ api_create_preauthcode: () => answer });
	const { success, error } = await run({});
	expect(success).toEqual([]);
	expect(error[0].error).toMatchObject({ errcode, retryable: false });
});

test.each([
	['untold', undefined, '2025-03-01T00:10:00.000Z'],
	['0', 0, '2025-03-01T00:10:00.000Z'],
	['told as text', '900', '2025-03-01T00:15:00.000Z'],
	['beyond any date', 9e15, '2025-03-01T00:30:00.000Z'],
])('a lifetime that is %s', async (_what, expires_in, expiresAt) => {
	jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2025, 2, 1));
	weChat.answerWith({ api_create_preauthcode: () => ({ pre_auth_code: 'p', expires_in }) });
	expect((await run({})).success[0].expiresAt).toBe(expiresAt);
});
