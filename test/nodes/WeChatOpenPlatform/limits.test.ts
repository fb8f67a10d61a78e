import type { Sandbox } from '../../../sandbox/server';
import { storeOf } from '../../engine/invokeWorkflow';
import { PROVIDER_CREDENTIAL, runPlatform } from '../../engine/platformWorkflow';
import { PROVIDER } from '../../engine/accounts';
import { useFreshSandbox } from '../../engine/sandbox';
import { startStrangeWeChat } from './strangeWeChat';

let sandbox: Sandbox;
useFreshSandbox((fresh) => {
	sandbox = fresh;
});

const LIST = 'api_get_authorizer_list';
const count = (name: string) => sandbox.log.filter(({ path }) => path.endsWith(name)).length;
const run = async (parameters: object, url = sandbox.url) =>
	await runPlatform(storeOf(url, PROVIDER_CREDENTIAL), [{}], parameters as never);

test('a list that meets a limit on a page goes on at that page', async () => {
	const customers = Array.from({ length: 501 }, () => PROVIDER.componentAppId);
	await Promise.all(customers.map(async (id) => await sandbox.pushes.authorize(id)));
	const parameters = { operation: 'getManyAuthorizations', returnAll: true };
	const { success } = await run(parameters);
	const before = count(LIST);
	sandbox.faults.set(LIST, { errcode: 45011, retryAfterSeconds: 1, skip: 1, times: 2 });
	const again = await run(parameters);
	expect(again.error).toEqual([]);
	expect(again.success).toEqual(success);
	expect(success.length).toBeGreaterThan(500);
	expect(count(LIST) - before).toBe(before + 2);
});

test('an authorization code that meets a limit is still good', async () => {
	const weChat = await startStrangeWeChat();
	const answers = [
		{ errcode: 45011 },
		{ authorization_info: { authorizer_appid: 'a', authorizer_refresh_token: 'sandbox-dummy-r' } },
	];
	weChat.answerWith({ api_query_auth: () => answers.shift() ?? { errcode: 61010 } });
	const parameters = { operation: 'getAuthorization', authorizationCode: 'sandbox-dummy-code' };
	const { success } = await run(parameters, weChat.url);
	expect(success).toMatchObject([{ authorizerAppid: 'a' }]);
	await weChat.close();
});

test('a longer wait than a minute is not made', async () => {
	sandbox.faults.set(LIST, { errcode: 45011, retryAfterSeconds: 400 });
	const { error } = await run({ operation: 'getManyAuthorizations' });
	expect(error[0].error).toMatchObject({ errcode: 45011, retryable: true });
	expect(count(LIST)).toBe(1);
});
