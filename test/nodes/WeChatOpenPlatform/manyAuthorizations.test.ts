import { ExecuteContext } from 'n8n-core';
import { storeOf } from '../../engine/invokeWorkflow';
import { PROVIDER_CREDENTIAL, runPlatform } from '../../engine/platformWorkflow';
import { startStrangeWeChat, type StrangeWeChat } from './strangeWeChat';

let weChat: StrangeWeChat;
beforeEach(async () => {
	weChat = await startStrangeWeChat();
});
afterEach(async () => await weChat.close());

const run = async (parameters: object) =>
	await runPlatform(storeOf(weChat.url, PROVIDER_CREDENTIAL), [{}], parameters as never);

const readHints = ({ run: { data } }: Awaited<ReturnType<typeof run>>) =>
	(data.resultData.runData.Platform[0].hints ?? []).map(({ message }) => message);

describe('get many authorizations', () => {
	type Entry = Record<string, unknown> | null;

	/** Pages of a list, as WeChat cuts them. */
	function list(entries: Entry[], total: unknown = entries.length) {
		weChat.answerWith({
			api_get_authorizer_list: ({ offset, count }) => ({
				total_count: total,
				list: entries.slice(Number(offset), Number(offset) + Number(count)),
			}),
		});
	}

	const makeEntries = (count: number): Entry[] =>
		Array.from({ length: count }, (_, index) => ({
			authorizer_appid: `a${index}`,
			refresh_token: `sandbox-dummy-${index}`,
			auth_time: 1700000000,
		}));
	const all = { operation: 'getManyAuthorizations', returnAll: true };

	test('customers without a refresh token come too, each once, and a hint says what to do', async () => {
		const entries = makeEntries(600);
		for (const index of [3, 200, 499]) delete entries[index]?.refresh_token;
		for (const index of [500, 501, 599]) entries[index] = { ...entries[index], refresh_token: '' };
		list(entries);
		const result = await run(all);
		expect(result.success.map(({ authorizerAppid }) => authorizerAppid)).toEqual(
			entries.map((_, index) => `a${index}`),
		);
		const missing = result.success.filter((one) => one.authorizerRefreshToken === null);
		expect(missing.map(({ authorizerAppid }) => authorizerAppid)).toEqual(
			[3, 200, 499, 500, 501, 599].map((index) => `a${index}`),
		);
		expect(readHints(result)).toEqual([
			expect.stringMatching(/^For 6 of 600 customers .* let them authorize again/),
		]);
	});

	test('an n8n that has no hints at run time gets them all the same', async () => {
		list([{ authorizer_appid: 'a' }]);
		const { addExecutionHints } = ExecuteContext.prototype;
		Object.assign(ExecuteContext.prototype, { addExecutionHints: undefined });
		const { success, run: result } = await run(all);
		Object.assign(ExecuteContext.prototype, { addExecutionHints });
		expect(result.status).toBe('success');
		expect(success).toEqual([expect.objectContaining({ authorizerAppid: 'a' })]);
	});

	test('entries that name nobody are counted for the next page, and left out', async () => {
		const entries = makeEntries(1100);
		for (const index of [0, 10, 499]) entries[index] = null;
		entries[1099] = { refresh_token: 'sandbox-dummy-nobody' };
		list(entries);
		const { success } = await run(all);
		expect(success).toHaveLength(1096);
		expect(new Set(success.map(({ authorizerAppid }) => authorizerAppid)).size).toBe(1096);
		expect(weChat.asked.map(({ body }) => body.offset)).toEqual([0, 500, 1000]);
	});

	test('who authorizes between two pages makes nobody come twice', async () => {
		const entries = makeEntries(600);
		weChat.answerWith({
			api_get_authorizer_list({ offset, count }) {
				if (offset !== 0)
					entries.unshift({ authorizer_appid: 'new', refresh_token: 'sandbox-dummy' });
				const end = Number(offset) + Number(count);
				return { total_count: entries.length, list: entries.slice(Number(offset), end) };
			},
		});
		const { success } = await run(all);
		expect(success).toHaveLength(600);
		expect(new Set(success.map(({ authorizerAppid }) => authorizerAppid)).size).toBe(600);
	});

	test.each([
		['as text', '600', 3],
		['not at all', undefined, 4],
	])('the total may come %s', async (_how, total, requests) => {
		const entries = makeEntries(600);
		weChat.answerWith({
			api_get_authorizer_list: ({ offset }) => ({
				errcode: 0,
				total_count: total,
				list: entries.slice(Number(offset), Number(offset) + 200),
			}),
		});
		expect((await run(all)).success).toHaveLength(600);
		expect(weChat.asked).toHaveLength(requests);
	});

	test('the same page again and again comes to an end', async () => {
		const page = makeEntries(500);
		weChat.answerWith({ api_get_authorizer_list: () => ({ errcode: 0, list: page }) });
		expect((await run(all)).success).toHaveLength(500);
		expect(weChat.asked).toHaveLength(2);
	});

	test('nobody, without a list', async () => {
		weChat.answerWith({ api_get_authorizer_list: () => ({ total_count: 0 }) });
		const { success, error } = await run(all);
		expect([success, error]).toEqual([[], []]);
	});

	test.each([
		0,
		-3,
		2.5,
		'={{ undefined }}',
		'={{ null }}',
		'={{ "abc" }}',
		'={{ "" }}',
		'={{ [] }}',
	])('a limit of %s is an error of that item, and nothing is asked for', async (limit) => {
		const { success, error } = await run({ operation: 'getManyAuthorizations', limit });
		expect(success).toEqual([]);
		expect(error).toEqual([
			{
				error: expect.objectContaining({
					message: 'The limit is no whole number of at least 1.',
					category: 'configuration-invalid',
					hint: expect.stringContaining('Return All'),
				}),
			},
		]);
		expect(weChat.asked).toEqual([]);
	});

	test('a limit over a page asks for no more than it needs', async () => {
		list(makeEntries(900));
		const limit = { operation: 'getManyAuthorizations', limit: '={{ "501" }}' };
		expect((await run(limit)).success).toHaveLength(501);
		expect(weChat.asked.map(({ body }) => body.count)).toEqual([500, 1]);
	});
});
