import { storeOf } from '../../engine/invokeWorkflow';
import { PROVIDER_CREDENTIAL, runPlatform } from '../../engine/platformWorkflow';
import { startStrangeWeChat, type StrangeWeChat } from './strangeWeChat';

let weChat: StrangeWeChat;
beforeEach(async () => {
	weChat = await startStrangeWeChat();
});
afterEach(async () => await weChat.close());

const run = async (parameters: object, rows: object[] = [{}]) =>
	await runPlatform(storeOf(weChat.url, PROVIDER_CREDENTIAL), rows as never, parameters as never);

const readHints = ({ run: { data } }: Awaited<ReturnType<typeof run>>) =>
	(data.resultData.runData.Platform[0].hints ?? []).map(({ message }) => message);

describe('get authorization', () => {
	const parameters = { operation: 'getAuthorization', authorizationCode: '={{ $json.code }}' };
	const answer = (info: object) =>
		weChat.answerWith({ api_query_auth: () => ({ authorization_info: info }) });

	test.each([
		['an empty token', { authorizer_refresh_token: '' }],
		['a blank one', { authorizer_refresh_token: ' ' }],
		['null', { authorizer_refresh_token: null }],
		['none', {}],
	])('%s: App ID and permission sets come out, and null', async (_what, token) => {
		answer({
			authorizer_appid: 'wx-customer',
			...token,
			func_info: [
				{ funcscope_category: { id: 17 } },
				{ funcscope_category: { id: '49' } },
				{ funcscope_category: {} },
				{},
			],
		});
		const result = await run(parameters, [{ code: 'one' }]);
		expect(result.success).toEqual([
			{ authorizerAppid: 'wx-customer', authorizerRefreshToken: null, permissionSets: [17, 49] },
		]);
		expect(readHints(result)).toEqual([expect.stringContaining('let them authorize again')]);
	});

	test.each([
		'queryauthcode%40%40%40abc',
		' queryauthcode@@@abc\n',
		'queryauthcode%2540%2540%2540abc',
	])('the code %j is sent as WeChat gave it', async (code) => {
		answer({ authorizer_appid: 'wx-customer', authorizer_refresh_token: 'sandbox-dummy' });
		await run(parameters, [{ code }]);
		expect(weChat.asked.map(({ body }) => body.authorization_code)).toEqual([
			'queryauthcode@@@abc',
		]);
	});

	test.each([61009, 61010])('%i says that the code is used', async (errcode) => {
		weChat.answerWith({
			api_query_auth: () => ({ errcode: String(errcode), errmsg: 'invalid code' }),
		});
		const { error } = await run(parameters, [{ code: 'used' }]);
		expect(error[0].error).toMatchObject({
			message: 'The authorization code has expired or was used before.',
			errcode,
			hint: expect.stringContaining('Get Many Authorizations'),
		});
	});

	test('without a code nothing is asked for', async () => {
		const { error } = await run(parameters, [{ code: '' }]);
		expect(error[0].error.message).toBe('The authorization code is missing.');
		expect(weChat.asked).toEqual([]);
	});
});

describe('start ticket pushes', () => {
	const parameters = { operation: 'startTicketPushes' };

	test.each([
		['ok', false],
		['component ticket push is in a normal state', true],
	])('"%s": whether they were running all along is %s', async (errmsg, wasRunning) => {
		weChat.answerWith({ api_start_push_ticket: () => ({ errcode: 0, errmsg }) });
		const { success } = await run(parameters);
		expect(success).toEqual([{ componentAppid: 'wx-sandbox-provider', started: true, wasRunning }]);
	});

	test.each([
		['{}'],
		['{"errmsg":"ok"}'],
		['<html></html>'],
		['{"errcode":-1,"errmsg":"in a normal state"}'],
	])('%s is no start', async (answer) => {
		weChat.answerWith({ api_start_push_ticket: () => answer });
		const { success, error } = await run(parameters);
		expect(success).toEqual([]);
		expect(error).toHaveLength(1);
	});
});
